package org.beaconrelay.perf.compare;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.beaconrelay.perf.RelayLinks;
import org.beaconrelay.perf.RunFailedException;

/// `./beacon relay`: both ends of a pair dial in and announce.
///
/// @param transport as its option has it
record Beacon(String transport) implements Peer {
  @Override
  public RunningRelay start(Site site)
      throws IOException, InterruptedException, RunFailedException {
    InetSocketAddress address = FreePort.find();
    List<String> command =
        List.of(
            site.root().resolve("beacon").toString(),
            "relay",
            "--listen=127.0.0.1:" + address.getPort(),
            "--admin=off",
            "--tls=off",
            "--event-loops=1",
            "--transport=" + transport,
            "--config=" + site.root().resolve("perf").resolve("relay.properties"));
    return RunningRelay.start(
        new Launch("java", command, Map.of()), site.pinning(), () -> RelayLinks.openPair(address));
  }
}
