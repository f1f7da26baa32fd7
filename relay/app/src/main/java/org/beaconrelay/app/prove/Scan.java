package org.beaconrelay.app.prove;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.beaconrelay.app.evidence.BytePattern;
import org.beaconrelay.app.evidence.MemorySearch;
import org.beaconrelay.protocol.InfoHash;

/// Searches of a relay's whole memory for the canary, and for the info_hash, which the relay was
/// told: it has to be found, or the search finds nothing.
final class Scan {
  private static final Path PTRACE_SCOPE = Path.of("/proc/sys/kernel/yama/ptrace_scope");

  private final BytePattern canary;
  private final BytePattern told;
  private final BytePattern toldInWords;
  private final List<String> canaryPlaces = new ArrayList<>();
  private boolean toldFound;
  private long leastSearchedBytes = Long.MAX_VALUE;
  private long mostUnreadableBytes;
  private int count;

  Scan(byte[] canary, InfoHash told) {
    byte[] hash = new byte[InfoHash.LENGTH];
    told.write(hash, 0);
    this.canary = new BytePattern(canary);
    this.told = new BytePattern(hash);
    this.toldInWords = new BytePattern(inWords(hash));
  }

  /// As it is in memory that is read as numbers of this machine.
  private static byte[] inWords(byte[] bytes) {
    ByteBuffer words = ByteBuffer.allocate(bytes.length).order(ByteOrder.nativeOrder());
    ByteBuffer source = ByteBuffer.wrap(bytes);
    while (source.hasRemaining()) {
      words.putLong(source.getLong());
    }
    return words.array();
  }

  /// Searches once more.
  void run(RelayRun relay) throws IOException {
    MemorySearch search;
    try {
      search = MemorySearch.of(relay.pid(), canary, told, toldInWords);
    } catch (AccessDeniedException e) {
      throw new IOException(
          "the memory of a child process may not be read here%s: run it as root, or where ptrace(2)"
                  .formatted(ptraceScope())
              + " of one's own processes is allowed",
          e);
    }
    count++;
    canaryPlaces.addAll(search.places(canary));
    toldFound |= !search.places(told).isEmpty() || !search.places(toldInWords).isEmpty();
    leastSearchedBytes = Math.min(leastSearchedBytes, search.searchedBytes());
    mostUnreadableBytes = Math.max(mostUnreadableBytes, search.unreadableBytes());
  }

  private static String ptraceScope() {
    try {
      return " (kernel.yama.ptrace_scope=" + Files.readString(PTRACE_SCOPE).strip() + ")";
    } catch (IOException _) {
      return "";
    }
  }

  int count() {
    return count;
  }

  /// The mappings that held the canary, one for each time that it was seen there.
  List<String> canaryPlaces() {
    return canaryPlaces;
  }

  /// Whether the info_hash was found.
  boolean isToldFound() {
    return toldFound;
  }

  /// What the smallest search has read.
  long searchedBytes() {
    return count == 0 ? 0 : leastSearchedBytes;
  }

  /// What a search could not read, although it is mapped.
  long unreadableBytes() {
    return mostUnreadableBytes;
  }
}
