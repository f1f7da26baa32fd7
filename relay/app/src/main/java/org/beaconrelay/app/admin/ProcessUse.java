package org.beaconrelay.app.admin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/// What this process has of the machine, as the kernel says it (proc_pid_statm(5)).
///
/// @param openFds descriptors that are open
/// @param residentBytes memory that is resident
/// @param cpu time of user and system
/// @param heapUsedBytes garbage included
/// @param heapLimitBytes the heap at its largest
record ProcessUse(
    int openFds, long residentBytes, Duration cpu, long heapUsedBytes, long heapLimitBytes) {
  private static final long PAGE_BYTES = 4096;
  private static final Path SELF = Path.of("/proc/self");

  /// @throws UncheckedIOException if /proc cannot be read
  static ProcessUse read() {
    Runtime runtime = Runtime.getRuntime();
    return new ProcessUse(
        countFds(),
        readResidentBytes(),
        ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO),
        runtime.totalMemory() - runtime.freeMemory(),
        runtime.maxMemory());
  }

  /// When it was started.
  static Instant started() {
    return ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH);
  }

  private static int countFds() {
    int count = 0;
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(SELF.resolve("fd"))) {
      for (Path _ : descriptors) {
        count++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read /proc/self/fd", e);
    }
    return count - 1; // the one of the directory itself
  }

  private static long readResidentBytes() {
    try {
      String pages = Files.readString(SELF.resolve("statm")).split(" ", -1)[1];
      return Long.parseLong(pages) * PAGE_BYTES;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read /proc/self/statm", e);
    }
  }
}
