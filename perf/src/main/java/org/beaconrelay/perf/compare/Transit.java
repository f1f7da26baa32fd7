package org.beaconrelay.perf.compare;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.beaconrelay.perf.Pair;
import org.beaconrelay.perf.RunFailedException;

/// The transit relay of magic-wormhole: who names the same token from another side is joined.
final class Transit implements Peer {
  private static final String PACKAGE = "magic-wormhole-transit-relay";
  private static final int TOKEN_BYTES = 32;
  private static final int SIDE_BYTES = 8;
  private static final String JOINED = "ok\n";

  @Override
  public List<Requirement> requirements() {
    return List.of(
        new Requirement("twistd3", PACKAGE),
        new Requirement(
            "/usr/lib/python3/dist-packages/twisted/plugins/magic_wormhole_transit_relay.py",
            PACKAGE));
  }

  @Override
  public List<String> versionCommand() {
    return List.of("dpkg-query", "--show", PACKAGE);
  }

  @Override
  public RunningRelay start(Site site)
      throws IOException, InterruptedException, RunFailedException {
    InetSocketAddress address = FreePort.find();
    List<String> command =
        List.of(
            "twistd3",
            "--nodaemon",
            "--pidfile=",
            "transitrelay",
            "--port=tcp:%d:interface=127.0.0.1".formatted(address.getPort()));
    return RunningRelay.start(
        new Launch("twistd3", command, Map.of()), site.pinning(), () -> openPair(address));
  }

  private static Pair openPair(InetSocketAddress relay) throws IOException, RunFailedException {
    String token = randomHex(TOKEN_BYTES);
    Pair pair = new Pair(SocketChannel.open(), SocketChannel.open());
    try {
      Greeting.send(pair.bridge(), relay, greeting(token));
      Greeting.send(pair.broker(), relay, greeting(token));
      awaitJoined(pair.bridge());
      awaitJoined(pair.broker());
      return pair;
    } catch (IOException | RunFailedException e) {
      pair.close();
      throw e;
    }
  }

  private static byte[] greeting(String token) {
    return "please relay %s for side %s\n"
        .formatted(token, randomHex(SIDE_BYTES))
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static void awaitJoined(SocketChannel link) throws IOException, RunFailedException {
    String answer =
        new String(Greeting.answer(link).readNBytes(JOINED.length()), StandardCharsets.US_ASCII);
    if (!answer.equals(JOINED)) {
      throw new RunFailedException("the relay said '%s', not ok".formatted(answer));
    }
  }

  private static String randomHex(int length) {
    byte[] bytes = new byte[length];
    ThreadLocalRandom.current().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }
}
