package org.beaconrelay.perf.load;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import org.beaconrelay.perf.ResidentMemory;
import org.beaconrelay.perf.TaskTimes;

/// What the kernel says of the relay's process at one moment.
///
/// @param times of its threads on a processor
/// @param rssKib memory of it that is resident
/// @param descriptors that it has open
/// @param pipeEnds ends of pipes among them
record RelayFigures(TaskTimes times, long rssKib, int descriptors, int pipeEnds) {
  private static final int BYTES_PER_KIB = 1024;

  /// Descriptors looked at before others have the processor, a fraction of a millisecond: who is
  /// measured must not wait for the measurement.
  private static final int AT_A_TIME = 50;

  static RelayFigures read(long pid) throws IOException {
    Path process = Path.of("/proc", String.valueOf(pid));
    int descriptors = 0;
    int pipeEnds = 0;
    try (DirectoryStream<Path> all = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : all) {
        if (++descriptors % AT_A_TIME == 0) {
          LockSupport.parkNanos(AT_A_TIME * 1000);
        }
        pipeEnds += linkTarget(descriptor).startsWith("pipe:") ? 1 : 0;
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return new RelayFigures(
        TaskTimes.read(process.resolve("task")),
        ResidentMemory.bytes(process) / BYTES_PER_KIB,
        descriptors,
        pipeEnds);
  }

  private static String linkTarget(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException _) {
      return ""; // closed since it was listed
    }
  }
}
