package org.beaconrelay.perf.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/// Where the kernel says how much memory its objects take, sockets among them, on the whole host.
enum KernelMemory {
  /// Objects in use times their size. Only root may read it.
  SLABINFO {
    @Override
    long bytes(List<String> lines) {
      return lines.stream()
          .skip(2) // version and titles
          .map(line -> line.split(" +", -1))
          .mapToLong(fields -> Long.parseLong(fields[1]) * Long.parseLong(fields[3]))
          .sum();
    }
  },

  /// The pages that they are kept in, and room in these for more.
  MEMINFO {
    @Override
    long bytes(List<String> lines) {
      return lines.stream()
          .filter(line -> line.startsWith("Slab:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .sum();
    }
  };

  private static final int READS = 5;
  private static final int READ_INTERVAL_MS = 50;

  private final String label = name().toLowerCase(Locale.ROOT);
  private final Path file = Path.of("/proc", label);

  /// The most exact one that this user may read.
  static KernelMemory best() {
    return Files.isReadable(SLABINFO.file) ? SLABINFO : MEMINFO;
  }

  String label() {
    return label;
  }

  abstract long bytes(List<String> lines);

  /// What it is in the middle of some time: others come and go meanwhile.
  long medianBytes() throws IOException, InterruptedException {
    long[] reads = new long[READS];
    for (int i = 0; i < READS; i++) {
      Thread.sleep(READ_INTERVAL_MS);
      reads[i] = bytes(Files.readAllLines(file));
    }
    return LongStream.of(reads).sorted().skip(READS / 2).findFirst().orElseThrow();
  }
}
