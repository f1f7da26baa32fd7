package org.beaconrelay.testing;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;
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

  /// A message each way, received as it was sent.
  public void exchange() throws IOException {
    for (TestLink[] ends : new TestLink[][] {{broker, bridge}, {bridge, broker}}) {
      byte[] message = new byte[64];
      ThreadLocalRandom.current().nextBytes(message);
      ends[0].send(message);
      if (!Arrays.equals(ends[1].receive(message.length), message)) {
        throw new IOException("another message came than was sent");
      }
    }
  }

  @Override
  public void close() throws IOException {
    bridge.close();
    broker.close();
  }
}
