package org.beaconrelay.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.beaconrelay.endpoint.pki.PkiException;

/// The way to a service that a user sets up: a relay with a self-signed certificate, a bridge and a
/// broker, each the packaged program in a process of its own.
///
/// **Owns:** the three processes.
final class ThroughRelay implements AutoCloseable {
  private final RelayJar relay;
  private final BeaconProcess bridge;
  private final BeaconProcess broker;
  private final InetSocketAddress address;

  private ThroughRelay(
      RelayJar relay, BeaconProcess bridge, BeaconProcess broker, InetSocketAddress address) {
    this.relay = relay;
    this.bridge = bridge;
    this.broker = broker;
    this.address = address;
  }

  /// Starts all three, and waits until they are ready.
  ///
  /// @param folder gets certificates, and what they say on standard error
  /// @param servicePort of the service on loopback
  static ThroughRelay to(int servicePort, Path folder, String... relayOptions)
      throws IOException, PkiException {
    EndpointFiles files = EndpointFiles.make(folder);
    // Both ends come from one address, with all requests at once.
    List<String> options = new ArrayList<>(List.of("--announce-rate-per-address", "off"));
    options.addAll(List.of(relayOptions));
    RelayJar relay = RelayJar.readyWithTls(folder, options.toArray(String[]::new));
    BeaconProcess bridge =
        start(files, relay, "bridge", "--pool", "16", "--service", "127.0.0.1:" + servicePort);
    BeaconProcess broker = start(files, relay, "broker", "--listen", "127.0.0.1:0");
    bridge.awaitReady();
    String ready = broker.awaitReady();
    int port = Integer.parseInt(ready.replaceFirst("ready listen=127\\.0\\.0\\.1:(\\d+).*", "$1"));
    return new ThroughRelay(
        relay, bridge, broker, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private static BeaconProcess start(
      EndpointFiles files, RelayJar relay, String role, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(role));
    arguments.addAll(List.of("--relay", "127.0.0.1:" + relay.address().getPort()));
    arguments.addAll(List.of("--relay-pin", relay.readyLine().replaceFirst(".* sha256=", "")));
    arguments.addAll(files.options(role));
    arguments.addAll(List.of(options));
    return BeaconProcess.start(List.of(), files.folder(), arguments);
  }

  /// Where the broker listens.
  InetSocketAddress address() {
    return address;
  }

  RelayJar relay() {
    return relay;
  }

  BeaconProcess bridge() {
    return bridge;
  }

  BeaconProcess broker() {
    return broker;
  }

  @Override
  public void close() {
    broker.close();
    bridge.close();
    relay.close();
  }
}
