package org.beaconrelay.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.beaconrelay.endpoint.pki.CertificateAuthority;
import org.beaconrelay.endpoint.pki.KeyedCertificate;
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
    CertificateAuthority ca = CertificateAuthority.create("bridge CA", InstantSource.system());
    Files.writeString(folder.resolve("ca.pem"), ca.own().certificatePem());
    write(folder, "bridge", ca.issueBridge("bridge", Duration.ofDays(1)));
    write(folder, "broker", ca.issueBroker("broker", Duration.ofDays(1)));
    RelayJar relay = RelayJar.readyWithTls(folder, relayOptions);
    BeaconProcess bridge =
        start(folder, relay, "bridge", "--pool", "16", "--service", "127.0.0.1:" + servicePort);
    BeaconProcess broker = start(folder, relay, "broker", "--listen", "127.0.0.1:0");
    bridge.awaitReady();
    String ready = broker.awaitReady();
    int port = Integer.parseInt(ready.replaceFirst("ready listen=127\\.0\\.0\\.1:(\\d+).*", "$1"));
    return new ThroughRelay(
        relay, bridge, broker, new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
  }

  private static void write(Path folder, String name, KeyedCertificate certificate)
      throws IOException {
    Files.writeString(folder.resolve(name + ".pem"), certificate.certificatePem());
    Path key = Files.writeString(folder.resolve(name + ".key"), certificate.keyPem());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
  }

  private static BeaconProcess start(Path folder, RelayJar relay, String role, String... options)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of(role));
    arguments.addAll(List.of("--relay", "127.0.0.1:" + relay.address().getPort()));
    arguments.addAll(List.of("--relay-pin", relay.readyLine().replaceFirst(".* sha256=", "")));
    arguments.addAll(List.of("--ca", folder.resolve("ca.pem").toString()));
    arguments.addAll(List.of("--cert", folder.resolve(role + ".pem").toString()));
    arguments.addAll(List.of("--key", folder.resolve(role + ".key").toString()));
    arguments.addAll(List.of(options));
    return BeaconProcess.start(List.of(), folder, arguments);
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
