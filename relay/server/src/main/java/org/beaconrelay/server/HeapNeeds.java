package org.beaconrelay.server;

/// What heap links may come to need: a relay that took more than fit would end in the middle of its
/// pairs.
public final class HeapNeeds {
  /// The JVM's and the relay's own, whatever there are of links.
  private static final long OWN_BYTES = 8L << 20;

  /// A link that waits, or half of a pair: some 400 bytes, twice that with the part of a heap that
  /// its collector needs empty, and a margin.
  private static final long LINK_BYTES = 1024;

  /// The same inside outer TLS, as long as a link waits or keeps it on: some 4,600 bytes with that
  /// part.
  private static final long TLS_LINK_BYTES = 6 * 1024;

  private HeapNeeds() {}

  /// How many links a heap has room for, at least 2.
  public static int maxLinks(long heapBytes, boolean outerTls) {
    return Math.clamp((heapBytes - OWN_BYTES) / linkBytes(outerTls), 2, Integer.MAX_VALUE);
  }

  /// What heap has room for so many links (bytes).
  public static long heapBytesFor(int maxLinks, boolean outerTls) {
    return OWN_BYTES + maxLinks * linkBytes(outerTls);
  }

  private static long linkBytes(boolean outerTls) {
    return outerTls ? TLS_LINK_BYTES : LINK_BYTES;
  }
}
