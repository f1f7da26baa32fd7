package org.beaconrelay.perf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;

/// `./beacon relay`: both ends of a pair dial in and announce.
record BeaconRelay(RelayProcess process, InetSocketAddress address) implements RunningRelay {
  private static final List<String> ARGUMENTS =
      List.of("relay", "--listen", "127.0.0.1:0", "--tls", "off", "--event-loops", "1");
  private static final Pattern READY =
      Pattern.compile("^ready listen=\\S+:(\\d+)\\s", Pattern.MULTILINE);
  private static final int FRAME_TIMEOUT_MS = 5_000;

  static BeaconRelay start(Path root, Pinning pinning)
      throws IOException, InterruptedException, RunFailedException {
    List<String> command = pinning.relayCommand(root.resolve("beacon").toString(), ARGUMENTS);
    RelayProcess process = RelayProcess.start(Contender.BEACON.label(), command, Map.of());
    try {
      int port = process.await(() -> readyPort(process.output()));
      process.requireProgram("java");
      InetAddress loopback = InetAddress.getLoopbackAddress();
      return new BeaconRelay(process, new InetSocketAddress(loopback, port));
    } catch (IOException | InterruptedException | RunFailedException e) {
      process.close();
      throw e;
    }
  }

  static Optional<Integer> readyPort(String output) {
    Matcher ready = READY.matcher(output);
    return ready.find() ? Optional.of(Integer.valueOf(ready.group(1))) : Optional.empty();
  }

  @Override
  public Pair openPair() throws IOException, RunFailedException {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    InfoHash infoHash =
        new InfoHash(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    Pair pair = new Pair(SocketChannel.open(), SocketChannel.open());
    try {
      announce(pair.bridge(), Role.BRIDGE, infoHash);
      announce(pair.broker(), Role.BROKER, infoHash);
      long bridgePairId = awaitPaired(pair.bridge());
      long brokerPairId = awaitPaired(pair.broker());
      if (bridgePairId != brokerPairId) {
        throw new RunFailedException("beacon gave the two links of a pair different pair_ids");
      }
      return pair;
    } catch (IOException | RunFailedException e) {
      pair.close();
      throw e;
    }
  }

  private void announce(SocketChannel link, Role role, InfoHash infoHash) throws IOException {
    link.setOption(StandardSocketOptions.TCP_NODELAY, true);
    link.connect(address);
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
    throw new RunFailedException("beacon answered an announce with " + frame);
  }

  private static Frame readFrame(SocketChannel link) throws IOException, RunFailedException {
    byte[] bytes = link.socket().getInputStream().readNBytes(Frame.LENGTH);
    try {
      return Frame.parse(bytes);
    } catch (IllegalArgumentException e) {
      throw new RunFailedException("beacon answered an announce with rubbish", e);
    }
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
