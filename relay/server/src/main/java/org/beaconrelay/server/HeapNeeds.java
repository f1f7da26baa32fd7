package org.beaconrelay.server;

/// What heap links may come to need, by what is put around their bytes: a relay that took more than
/// fit would end in the middle of its pairs.
///
/// Each is reckoned with the part of a heap that its collector needs empty, and a margin.
public enum HeapNeeds {
  /// A link that waits, or half of a pair: some 400 bytes.
  PLAIN(1024),

  /// The same inside outer TLS, as long as a link waits: some 4,600 bytes.
  OUTER_TLS(6 * 1024),

  /// A link that may keep its outer TLS on: with a record that has come in part, content that its
  /// counterpart has yet to take, and a record that it has itself yet to take, 16 KiB each.
  TUNNEL(80 * 1024);

  /// The JVM's and the relay's own, whatever there are of links.
  private static final long OWN_BYTES = 8L << 20;

  private final long linkBytes;

  HeapNeeds(long linkBytes) {
    this.linkBytes = linkBytes;
  }

  /// @param tunnel whether links may keep their outer TLS on
  public static HeapNeeds of(boolean outerTls, boolean tunnel) {
    if (!outerTls) {
      return PLAIN;
    }
    return tunnel ? TUNNEL : OUTER_TLS;
  }

  /// How many links a heap has room for, at least 2.
  public int maxLinks(long heapBytes) {
    return Math.clamp((heapBytes - OWN_BYTES) / linkBytes, 2, Integer.MAX_VALUE);
  }

  /// What heap has room for so many links (bytes).
  public long heapBytesFor(int maxLinks) {
    return OWN_BYTES + maxLinks * linkBytes;
  }
}
