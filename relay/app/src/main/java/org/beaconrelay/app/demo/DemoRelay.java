package org.beaconrelay.app.demo;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.beaconrelay.endpoint.RelayTrust;
import org.beaconrelay.endpoint.pki.KeyedCertificate;
import org.beaconrelay.endpoint.pki.SelfSigned;
import org.beaconrelay.server.AccessSettings;
import org.beaconrelay.server.DataPath;
import org.beaconrelay.server.EngineSettings;
import org.beaconrelay.server.LimitSettings;
import org.beaconrelay.server.ListenSettings;
import org.beaconrelay.server.Relay;
import org.beaconrelay.server.RelaySettings;
import org.beaconrelay.server.TimeoutSettings;
import org.beaconrelay.server.Transport;
import org.beaconrelay.server.metrics.Counter;

/// The relay of the demo: an ordinary one in a process of its own, so that its memory can be
/// searched for what it must not hold.
///
/// It talks with [RelayChild] in lines. It says `ready PORT SHA256` when it listens; told `report
/// LINKS`, it waits until so many links of pairs have ended and says `row …` for all that it knew
/// of them, and `bytes SPLICED COPIED`; it ends with its standard input.
public final class DemoRelay {
  static final String READY = "ready ";
  static final String REPORT = "report ";
  static final String ROW = "row ";
  static final String BYTES = "bytes ";

  private DemoRelay() {}

  public static void main(String[] arguments) throws Exception {
    KeyedCertificate own = SelfSigned.make("beacon demo relay", List.of(), InstantSource.system());
    SSLContext identity = own.serverContext();
    Sightings sightings = new Sightings();
    try (Relay relay = Relay.start(settings(identity), sightings)) {
      PrintStream out = System.out;
      out.println(
          READY
              + relay.addresses().getFirst().getPort()
              + " "
              + RelayTrust.fingerprint(own.certificate()));
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        sightings.await(Integer.parseInt(line.substring(REPORT.length())));
        sightings.rows().forEach(row -> out.println(ROW + row));
        long movedBytes =
            relay.count(Counter.BYTES_TO_BROKER) + relay.count(Counter.BYTES_TO_BRIDGE);
        long copiedBytes = relay.count(Counter.BYTES_COPIED);
        out.println(BYTES + (movedBytes - copiedBytes) + " " + copiedBytes);
      }
    }
  }

  private static RelaySettings settings(SSLContext identity) {
    int eventLoops = 1;
    return new RelaySettings(
        new ListenSettings(
            List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            () -> identity,
            false,
            false),
        AccessSettings.OPEN,
        new EngineSettings(
            Transport.EPOLL,
            eventLoops,
            DataPath.SPLICE,
            EngineSettings.DEFAULT_PIPE_SIZE_BYTES,
            4L * EngineSettings.DEFAULT_PIPE_SIZE_BYTES,
            16),
        LimitSettings.of(100),
        TimeoutSettings.DEFAULT);
  }
}
