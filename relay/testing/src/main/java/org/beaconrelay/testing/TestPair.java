package org.beaconrelay.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;

/// Two links that a relay has paired under an info_hash of their own.
public record TestPair(TestLink bridge, TestLink broker, InfoHash infoHash, long pairId)
    implements AutoCloseable {
  /// Makes one: the bridge waits, the broker comes.
  public static TestPair open(InetSocketAddress relay) throws IOException {
    InfoHash infoHash = InfoHashes.random();
    TestLink bridge = TestLink.announce(relay, Role.BRIDGE, infoHash);
    bridge.awaitWaiting();
    TestLink broker = TestLink.announce(relay, Role.BROKER, infoHash);
    long pairId = broker.awaitPaired();
    if (bridge.awaitPaired() != pairId) {
      throw new IOException("the links of a pair were told different pair ids");
    }
    return new TestPair(bridge, broker, infoHash, pairId);
  }

  @Override
  public void close() throws IOException {
    bridge.close();
    broker.close();
  }
}
