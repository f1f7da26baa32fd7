package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.endpoint.pki.SelfSigned;
import org.beaconrelay.testing.Patience;
import org.jspecify.annotations.Nullable;

/// What a user sets up: a store, a relay and a cluster, each on a host of its own, and one spare.
/// The service holds a secret, and something that takes long to fetch.
///
/// **Owns:** the hosts, and a process for each [Party].
final class Deployment implements AutoCloseable {
  /// Who can be there, and go.
  enum Party {
    SERVICE,
    RELAY,
    BRIDGE,
    BROKER
  }

  static final String SECRET = "open sesame";

  private static final String SERVICE =
      Path.of("../testing/src/main/python/slow_service.py").toAbsolutePath().toString();
  private static final String RELAY_PORT = "7000";
  private static final int SERVICE_PORT = 7001;
  private static final int BROKER_PORT = 7002;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Path folder;
  private final Networks networks;
  private final EndpointFiles files;
  private final Map<Party, BeaconProcess> beacons = new EnumMap<>(Party.class);
  private @Nullable Process service;

  private Deployment(Path folder, Networks networks, EndpointFiles files) {
    this.folder = folder;
    this.networks = networks;
    this.files = files;
  }

  /// Makes the hosts, and starts all but the bridge.
  ///
  /// @param folder for all files
  static Deployment withoutBridge(Path folder) throws Exception {
    Networks networks = Networks.make(folder, "store", "relay", "cluster", "spare");
    Deployment deployment = new Deployment(folder, networks, EndpointFiles.make(folder));
    try {
      deployment.makeFiles();
      deployment.startService("store");
      deployment.startRelay();
      deployment.startBroker();
      return deployment;
    } catch (Exception | AssertionError e) {
      deployment.close();
      throw e;
    }
  }

  private void makeFiles() throws Exception {
    files.write(
        "relay",
        SelfSigned.make("relay", List.of(networks.addressOf("relay")), InstantSource.system()));
  }

  Networks networks() {
    return networks;
  }

  // ---- who is there

  /// Starts the service at a host, and waits until it answers there.
  void startService(String host) throws Exception {
    List<String> command = new ArrayList<>(networks.at(host));
    command.addAll(List.of("python3", SERVICE, String.valueOf(SERVICE_PORT), SECRET));
    service =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(host + ".log").toFile())
            .start();
    networks.inside(
        host,
        "curl",
        "--silent",
        "--retry",
        "50",
        "--retry-delay",
        "0",
        "--retry-connrefused",
        "http://127.0.0.1:%d/secret".formatted(SERVICE_PORT));
  }

  /// What the service of a host has said.
  String serviceLog(String host) throws Exception {
    return Files.readString(folder.resolve(host + ".log"));
  }

  /// Starts the relay, and waits until it is ready.
  void startRelay() throws Exception {
    start(
        Party.RELAY,
        "relay",
        List.of("--tls-cert", files.path("relay.pem"), "--tls-key", files.path("relay.key")),
        "--listen",
        "0.0.0.0:" + RELAY_PORT);
  }

  /// Starts the broker, and waits until it is ready.
  void startBroker() throws Exception {
    startEndpoint(Party.BROKER, "cluster", "--listen", "127.0.0.1:" + BROKER_PORT);
  }

  /// Starts the bridge at a host, and waits until it is ready.
  void startBridge(String host) throws Exception {
    String to = "127.0.0.1:" + SERVICE_PORT;
    startEndpoint(Party.BRIDGE, host, "--service", to, "--pool", "4");
  }

  private void startEndpoint(Party party, String host, String... options) throws Exception {
    List<String> common = new ArrayList<>(files.options(command(party)));
    common.addAll(List.of("--relay", networks.addressOf("relay") + ":" + RELAY_PORT));
    common.addAll(List.of("--relay-ca", files.path("relay.pem")));
    start(party, host, common, options);
  }

  private void start(Party party, String host, List<String> common, String... options)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of(command(party)));
    arguments.addAll(common);
    arguments.addAll(List.of(options));
    BeaconProcess process = BeaconProcess.start(networks.at(host), folder, arguments);
    beacons.put(party, process);
    process.awaitReady();
  }

  private static String command(Party party) {
    return party.name().toLowerCase(Locale.ROOT);
  }

  /// A party that is one of Beacon's.
  BeaconProcess beacon(Party party) {
    return Objects.requireNonNull(beacons.get(party));
  }

  /// Ends a process so that it has no say in it, and waits until it is gone: SIGKILL.
  void kill(Party party) throws Exception {
    if (party == Party.SERVICE) {
      Process running = Objects.requireNonNull(service);
      running.destroyForcibly();
      assertThat(running.waitFor(PATIENCE)).as("the service ends").isTrue();
    } else {
      beacon(party).kill();
    }
  }

  // ---- what the workload does

  /// Asks the service for its secret through the broker.
  ///
  /// @param atMost a request that takes longer has failed
  /// @return the answer
  String ask(Duration atMost) throws Exception {
    return networks.inside("cluster", request(atMost, "secret").toArray(String[]::new));
  }

  /// Asks where nobody can answer.
  void askInVain(Duration atMost) throws Exception {
    String request = String.join(" ", request(atMost, "secret")) + " 2>/dev/null || echo none";
    assertThat(networks.inside("cluster", "sh", "-c", request)).isEqualTo("none\n");
  }

  /// Begins to fetch what takes longer than anybody waits, and goes on once the first bytes came.
  LongRequest startLongRequest() throws Exception {
    Path target = Files.createTempFile(folder, "long", ".part");
    List<String> command = new ArrayList<>(networks.at("cluster"));
    command.addAll(request(Duration.ofMinutes(10), "long"));
    command.addAll(List.of("--no-buffer", "--output", target.toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    LongRequest request = new LongRequest(process, target);
    request.awaitBytes();
    return request;
  }

  private static List<String> request(Duration atMost, String what) {
    return List.of(
        "curl",
        "--silent",
        "--show-error",
        "--fail",
        "--max-time",
        String.valueOf(atMost.toSeconds()),
        "http://127.0.0.1:%d/%s".formatted(BROKER_PORT, what));
  }

  /// A request that is under way.
  record LongRequest(Process process, Path target) implements AutoCloseable {
    private void awaitBytes() {
      Patience.until(PATIENCE, "the answer begins", () -> target.toFile().length() > 0);
    }

    /// Waits until the caller has been told that there will be no more.
    void awaitCutOff(Duration atMost) throws Exception {
      assertThat(process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS))
          .as("a request that was cut off ends")
          .isTrue();
      assertThat(process.exitValue()).as("how it ended").isNotZero();
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  @Override
  public void close() throws Exception {
    beacons.values().forEach(BeaconProcess::close);
    if (service != null) {
      service.destroyForcibly();
    }
    networks.close();
  }
}
