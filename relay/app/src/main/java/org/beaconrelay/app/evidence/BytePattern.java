package org.beaconrelay.app.evidence;

import java.util.Arrays;

/// A byte string to look for in much memory: Boyer, Moore and Horspool's search.
///
/// **Thread:** immutable.
public final class BytePattern {
  private final byte[] wanted;

  /// How far the search may go on, by the byte below the last one of the pattern.
  private final int[] steps = new int[256];

  /// @param wanted at least one byte
  public BytePattern(byte[] wanted) {
    this.wanted = wanted.clone();
    Arrays.fill(steps, wanted.length);
    for (int i = 0; i < wanted.length - 1; i++) {
      steps[wanted[i] & 0xFF] = wanted.length - 1 - i;
    }
  }

  int length() {
    return wanted.length;
  }

  /// Whether it is in the first `length` of `bytes`.
  boolean isIn(byte[] bytes, int length) {
    int last = wanted.length - 1;
    for (int at = 0; at + last < length; at += steps[bytes[at + last] & 0xFF]) {
      if (bytes[at + last] == wanted[last]
          && Arrays.equals(bytes, at, at + last, wanted, 0, last)) {
        return true;
      }
    }
    return false;
  }
}
