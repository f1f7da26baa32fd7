package org.beaconrelay.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// What this host allows this process: read once, from /proc.
///
/// @param openFiles descriptors that this process may have (RLIMIT_NOFILE)
/// @param pipeMaxSizeBytes the largest pipe an unprivileged process may ask for (fs.pipe-max-size)
/// @param pipeUserPagesSoft pages that the pipes of one unprivileged user may have before new ones
///   shrink (fs.pipe-user-pages-soft); 0 = no limit
/// @param privileged whether the two pipe limits do not bind this process (CAP_SYS_RESOURCE or
///   CAP_SYS_ADMIN)
/// @param memoryBytes physical memory
public record HostLimits(
    int openFiles,
    int pipeMaxSizeBytes,
    long pipeUserPagesSoft,
    boolean privileged,
    long memoryBytes) {
  private static final long PAGE_BYTES = 4096;
  private static final long CAP_SYS_ADMIN = 1L << 21;
  private static final long CAP_SYS_RESOURCE = 1L << 24;

  /// The most pipe capacity that is taken without being asked for it.
  private static final long MAX_PIPE_BUDGET_BYTES = 256L << 20;

  /// Reads the limits of this process.
  ///
  /// @throws UncheckedIOException if /proc cannot be read: nothing works without it
  public static HostLimits read() {
    long capabilities = Long.parseUnsignedLong(field(lines("/proc/self/status"), "CapEff:", 1), 16);
    return new HostLimits(
        clampToInt(field(lines("/proc/self/limits"), "Max open files", 3)),
        clampToInt(lines("/proc/sys/fs/pipe-max-size").getFirst()),
        Long.parseLong(lines("/proc/sys/fs/pipe-user-pages-soft").getFirst()),
        (capabilities & (CAP_SYS_ADMIN | CAP_SYS_RESOURCE)) != 0,
        1024 * Long.parseLong(field(lines("/proc/meminfo"), "MemTotal:", 1)));
  }

  /// Pipe capacity to use where nobody says otherwise (bytes).
  public long defaultPipeBudgetBytes() {
    return Math.min(wantedPipeBudgetBytes(), mostPipeBudgetBytes());
  }

  /// What that would be if pages did not bind it: a sixteenth of the memory, and no more than 256
  /// MiB.
  public long wantedPipeBudgetBytes() {
    return Math.min(MAX_PIPE_BUDGET_BYTES, memoryBytes / 16);
  }

  /// What pages leave of it: three quarters of what the user may have, so that other processes of
  /// the same user find some too.
  public long mostPipeBudgetBytes() {
    return mostPipeBytes() / 4 * 3;
  }

  /// What the pipes of this process's user may hold before new ones shrink (bytes);
  /// [Long#MAX_VALUE] where there is no limit.
  public long mostPipeBytes() {
    boolean unlimited =
        privileged || pipeUserPagesSoft == 0 || pipeUserPagesSoft > Long.MAX_VALUE / PAGE_BYTES;
    return unlimited ? Long.MAX_VALUE : pipeUserPagesSoft * PAGE_BYTES;
  }

  // Not readString: under /proc/sys it gives the first character only (JDK 25).
  private static List<String> lines(String path) {
    try {
      return Files.readAllLines(Path.of(path));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  /// The word at `index` of the line that begins with `prefix`.
  private static String field(List<String> lines, String prefix, int index) {
    for (String line : lines) {
      if (line.startsWith(prefix)) {
        return line.strip().split("\\s+", -1)[index];
      }
    }
    throw new UncheckedIOException(new IOException("/proc has no line \"" + prefix + "\""));
  }

  private static int clampToInt(String value) {
    return value.equals("unlimited")
        ? Integer.MAX_VALUE
        : (int) Math.min(Integer.MAX_VALUE, Long.parseLong(value));
  }
}
