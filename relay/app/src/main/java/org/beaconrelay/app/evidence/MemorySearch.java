package org.beaconrelay.app.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A search through the whole memory of another process for byte strings (proc(5), `mem`): what is
/// not found there, the process does not hold.
///
/// It needs the right to trace the process: that of its parent, or root's.
public final class MemorySearch {
  private static final int CHUNK_BYTES = 1 << 20;
  private static final int PAGE_BYTES = 4096;

  private final ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
  private final Map<BytePattern, List<String>> places = new HashMap<>();
  private final int overlapBytes;
  private long searchedBytes;
  private long unreadableBytes;

  private MemorySearch(List<BytePattern> patterns) {
    patterns.forEach(pattern -> places.put(pattern, new ArrayList<>()));
    this.overlapBytes = patterns.stream().mapToInt(BytePattern::length).max().orElse(1) - 1;
  }

  /// Searches all that the process itself could read.
  ///
  /// @throws IOException if its memory cannot be read
  public static MemorySearch of(long pid, BytePattern... patterns) throws IOException {
    Path directory = Path.of("/proc", Long.toString(pid));
    MemorySearch search = new MemorySearch(List.of(patterns));
    try (FileChannel memory = FileChannel.open(directory.resolve("mem"))) {
      for (String mapping : Files.readAllLines(directory.resolve("maps"))) {
        if (isReadable(mapping)) {
          search.search(memory, mapping);
        }
      }
    }
    return search;
  }

  /// A line of `/proc/PID/maps` is `START-END rwxp OFFSET DEVICE INODE NAME`; the kernel's own
  /// pages are in every process and cannot be read this way.
  private static boolean isReadable(String mapping) {
    return mapping.charAt(mapping.indexOf(' ') + 1) == 'r'
        && !mapping.contains("[vvar")
        && !mapping.endsWith("[vsyscall]");
  }

  private void search(FileChannel memory, String mapping) {
    int dash = mapping.indexOf('-');
    long position = Long.parseUnsignedLong(mapping, 0, dash, 16);
    long end = Long.parseUnsignedLong(mapping, dash + 1, mapping.indexOf(' '), 16);
    int kept = 0;
    while (position < end) {
      chunk.position(kept).limit((int) Math.min(chunk.capacity(), kept + end - position));
      int count = read(memory, position);
      if (count <= 0) {
        // Unmapped meanwhile, or a file that has become shorter than its mapping.
        long nextPage = Math.min(end, (position | (PAGE_BYTES - 1)) + 1);
        unreadableBytes += nextPage - position;
        position = nextPage;
        kept = 0;
        continue;
      }
      position += count;
      searchedBytes += count;
      chunk.flip();
      note(mapping);
      // A pattern may lie across the border of two chunks.
      kept = Math.min(chunk.limit(), overlapBytes);
      chunk.position(chunk.limit() - kept);
      chunk.compact();
    }
  }

  private int read(FileChannel memory, long position) {
    try {
      return memory.read(chunk, position);
    } catch (IOException e) {
      return -1; // counted as not readable
    }
  }

  private void note(String mapping) {
    places.forEach(
        (pattern, found) -> {
          boolean isKnown = !found.isEmpty() && found.getLast().equals(mapping);
          if (!isKnown && pattern.isIn(chunk.array(), chunk.limit())) {
            found.add(mapping);
          }
        });
  }

  /// How much could be read.
  public long searchedBytes() {
    return searchedBytes;
  }

  /// How much could not, although it was mapped for reading.
  public long unreadableBytes() {
    return unreadableBytes;
  }

  /// The mappings that hold a pattern which was searched for.
  public List<String> places(BytePattern pattern) {
    return List.copyOf(places.getOrDefault(pattern, List.of()));
  }
}
