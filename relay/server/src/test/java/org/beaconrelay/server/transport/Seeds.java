package org.beaconrelay.server.transport;

import java.util.Arrays;

/// Puts inputs together.
final class Seeds {
  private Seeds() {}

  static byte[] join(byte[]... parts) {
    byte[] joined = {};
    for (byte[] part : parts) {
      int end = joined.length;
      joined = Arrays.copyOf(joined, end + part.length);
      System.arraycopy(part, 0, joined, end, part.length);
    }
    return joined;
  }
}
