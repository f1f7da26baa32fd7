package org.beaconrelay.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How much of a process's memory is resident.
public final class ResidentMemory {
  private static final String RESIDENT = "VmRSS:";
  private static final int BYTES_PER_KIB = 1024;

  private ResidentMemory() {}

  /// @param process `/proc/PID`
  public static long bytes(Path process) throws IOException {
    for (String line : Files.readAllLines(process.resolve("status"))) {
      if (line.startsWith(RESIDENT)) {
        return Long.parseLong(line.replaceAll("\\D", "")) * BYTES_PER_KIB;
      }
    }
    throw new IOException("process %s has no memory".formatted(process.getFileName()));
  }
}
