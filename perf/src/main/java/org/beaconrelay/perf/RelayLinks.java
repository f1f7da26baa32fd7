package org.beaconrelay.perf;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.concurrent.ThreadLocalRandom;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;

/// Links to a relay without outer TLS, opened one after the other.
public final class RelayLinks {
  private static final int FRAME_TIMEOUT_MS = 5_000;

  private RelayLinks() {}

  /// A pair of an info_hash of its own.
  ///
  /// @throws RunFailedException if the relay does not pair them
  public static Pair openPair(InetSocketAddress relay) throws IOException, RunFailedException {
    InfoHash infoHash = randomInfoHash();
    Pair pair = new Pair(SocketChannel.open(), SocketChannel.open());
    try {
      announce(relay, pair.bridge(), Role.BRIDGE, infoHash);
      announce(relay, pair.broker(), Role.BROKER, infoHash);
      long bridgePairId = awaitPaired(pair.bridge());
      long brokerPairId = awaitPaired(pair.broker());
      if (bridgePairId != brokerPairId) {
        throw new RunFailedException("the relay gave the two links of a pair different pair_ids");
      }
      return pair;
    } catch (IOException | RunFailedException e) {
      pair.close();
      throw e;
    }
  }

  private static InfoHash randomInfoHash() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new InfoHash(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  private static void announce(
      InetSocketAddress relay, SocketChannel link, Role role, InfoHash infoHash)
      throws IOException {
    link.setOption(StandardSocketOptions.TCP_NODELAY, true);
    link.connect(relay);
    ByteBuffer bytes = ByteBuffer.wrap(Announce.of(role, infoHash).toBytes());
    while (bytes.hasRemaining()) {
      link.write(bytes);
    }
  }

  private static long awaitPaired(SocketChannel link) throws IOException, RunFailedException {
    // Reads through the adaptor, because a channel knows no timeout.
    link.socket().setSoTimeout(FRAME_TIMEOUT_MS);
    Frame frame = readFrame(link);
    if (frame instanceof Frame.Waiting) {
      frame = readFrame(link);
    }
    if (frame instanceof Frame.Paired(long pairId)) {
      return pairId;
    }
    throw new RunFailedException("the relay answered an announce with " + frame);
  }

  private static Frame readFrame(SocketChannel link) throws IOException, RunFailedException {
    byte[] bytes = link.socket().getInputStream().readNBytes(Frame.LENGTH);
    try {
      return Frame.parse(bytes);
    } catch (IllegalArgumentException e) {
      throw new RunFailedException("the relay answered an announce with rubbish", e);
    }
  }
}
