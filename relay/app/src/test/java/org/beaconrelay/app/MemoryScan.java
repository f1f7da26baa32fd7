package org.beaconrelay.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.beaconrelay.testing.ProcessFigures;

/// A search through the whole memory of another process for a byte string.
final class MemoryScan {
  private static final int CHUNK_BYTES = 1 << 20;

  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
  private final List<String> places = new ArrayList<>();
  private final BytePattern pattern;
  private long scannedBytes;

  private MemoryScan(BytePattern pattern) {
    this.pattern = pattern;
  }

  /// Searches all that the process itself could read.
  static MemoryScan of(ProcessFigures process, BytePattern pattern) throws IOException {
    Path directory = Path.of("/proc", Long.toString(process.pid()));
    MemoryScan scan = new MemoryScan(pattern);
    try (FileChannel memory = FileChannel.open(directory.resolve("mem"))) {
      for (String mapping : Files.readAllLines(directory.resolve("maps"))) {
        if (isReadable(mapping)) {
          scan.scan(memory, mapping);
        }
      }
    }
    return scan;
  }

  /// A line of `/proc/PID/maps` is `START-END rwxp OFFSET DEVICE INODE NAME`; the kernel's own
  /// pages are in every process and cannot be read this way.
  private static boolean isReadable(String mapping) {
    return mapping.charAt(mapping.indexOf(' ') + 1) == 'r'
        && !mapping.contains("[vvar")
        && !mapping.endsWith("[vsyscall]");
  }

  private void scan(FileChannel memory, String mapping) {
    int dash = mapping.indexOf('-');
    long position = Long.parseUnsignedLong(mapping, 0, dash, 16);
    long end = Long.parseUnsignedLong(mapping, dash + 1, mapping.indexOf(' '), 16);
    int kept = 0;
    while (position < end) {
      chunk.position(kept).limit((int) Math.min(chunk.capacity(), kept + end - position));
      int count;
      try {
        count = memory.read(chunk, position);
      } catch (IOException e) {
        return; // unmapped meanwhile, or a file that has become shorter than its mapping
      }
      if (count <= 0) {
        return;
      }
      position += count;
      scannedBytes += count;
      chunk.flip();
      if (pattern.isIn(chunk.array(), chunk.limit())) {
        places.add(mapping);
        return;
      }
      // The pattern may lie across the border of two chunks.
      kept = Math.min(chunk.limit(), pattern.length() - 1);
      chunk.position(chunk.limit() - kept);
      chunk.compact();
    }
  }

  /// How much could be read.
  long scannedBytes() {
    return scannedBytes;
  }

  /// The mappings that hold the pattern.
  List<String> places() {
    return places;
  }
}
