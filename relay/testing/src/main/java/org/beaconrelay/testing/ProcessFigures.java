package org.beaconrelay.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the kernel says about a process: `/proc/PID`.
public record ProcessFigures(long pid) {
  private static final int STDERR = 2;
  private static final int O_ACCMODE = 3;

  /// Those of the JVM that asks.
  public static ProcessFigures ofThis() {
    return new ProcessFigures(ProcessHandle.current().pid());
  }

  /// Descriptors that it may have open: the soft limit.
  public int maxDescriptors() {
    try (Stream<String> lines = Files.lines(directory().resolve("limits"))) {
      String line =
          lines.filter(limit -> limit.startsWith("Max open files")).findAny().orElseThrow();
      return Integer.parseInt(line.split(" +", -1)[3]);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Sockets, pipes, epoll instances and the like that it has open: descriptors without the files,
  /// which a JVM opens and closes as it loads classes.
  public int openKernelObjects() {
    try (Stream<Path> descriptors = Files.list(directory().resolve("fd"))) {
      return (int) descriptors.filter(ProcessFigures::isKernelObject).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Files that it has open for writing, apart from its standard output and error.
  public List<Path> filesOpenForWriting() {
    try (Stream<Path> descriptors = Files.list(directory().resolve("fd"))) {
      List<Path> files = new ArrayList<>();
      descriptors
          .filter(descriptor -> Integer.parseInt(descriptor.getFileName().toString()) > STDERR)
          .forEach(descriptor -> addIfWritten(descriptor, files));
      return files;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void addIfWritten(Path descriptor, List<Path> files) {
    try {
      Path file = Files.readSymbolicLink(descriptor);
      if (Files.isRegularFile(file) && isWritable(descriptor.getFileName())) {
        files.add(file);
      }
    } catch (NoSuchFileException e) {
      // It was closed since the listing.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// By its flags in octal, of which the lowest are O_RDONLY, O_WRONLY or O_RDWR: proc(5).
  private boolean isWritable(Path descriptor) throws IOException {
    try (Stream<String> lines = Files.lines(directory().resolve("fdinfo").resolve(descriptor))) {
      String flags = lines.filter(line -> line.startsWith("flags:")).findAny().orElseThrow();
      return (Integer.parseInt(flags.substring("flags:".length()).strip(), 8) & O_ACCMODE) != 0;
    }
  }

  private static boolean isKernelObject(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().matches("(socket|pipe|anon_inode):.*");
    } catch (IOException e) {
      return false; // it was closed since the listing
    }
  }

  /// CPU time of each of its threads so far in nanoseconds, by name and number: the tick-based
  /// figures of `/proc/PID/stat` miss short wake-ups.
  public Map<String, Long> cpuNsByThread() {
    try (Stream<Path> threads = Files.list(directory().resolve("task"))) {
      Map<String, Long> cpuNs = new HashMap<>();
      threads.forEach(thread -> addCpuNs(thread, cpuNs));
      return cpuNs;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void addCpuNs(Path thread, Map<String, Long> cpuNs) {
    try {
      String name = Files.readString(thread.resolve("comm")).strip();
      String times = Files.readString(thread.resolve("schedstat"));
      cpuNs.put(
          name + " " + thread.getFileName(), Long.valueOf(times.substring(0, times.indexOf(' '))));
    } catch (NoSuchFileException e) {
      // It has ended since the listing.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path directory() {
    return Path.of("/proc", Long.toString(pid));
  }
}
