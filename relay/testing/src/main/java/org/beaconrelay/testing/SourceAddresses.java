package org.beaconrelay.testing;

import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.atomic.AtomicInteger;

/// Loopback addresses to connect from, each one new: no limit that counts by address is in the way,
/// and the ephemeral ports of none run out.
public final class SourceAddresses {
  private static final int PER_NETWORK = 250;
  private static final AtomicInteger count = new AtomicInteger();

  private SourceAddresses() {}

  /// The next of 127.1.0.1, 127.1.0.2 and so on, with a port that the kernel picks.
  public static InetSocketAddress next() {
    int index = count.getAndIncrement();
    int network = index / PER_NETWORK;
    byte[] address = {
      127,
      (byte) (1 + network / PER_NETWORK),
      (byte) (network % PER_NETWORK),
      (byte) (1 + index % PER_NETWORK)
    };
    try {
      return new InetSocketAddress(InetAddress.getByAddress(address), 0);
    } catch (UnknownHostException e) {
      throw new UncheckedIOException(e);
    }
  }
}
