package org.beaconrelay.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Store, relay and cluster on hosts of their own, and a network between them that loses everything
/// for a while, without a word.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class NetworkLossIT {
  private static final String RELAY_PORT = "7000";
  private static final int SERVICE_PORT = 7001;
  private static final int BROKER_PORT = 7002;

  @TempDir private Path folder;

  private @Nullable Networks networks;
  private final List<AutoCloseable> running = new ArrayList<>();

  @BeforeEach
  void makeHosts() throws Exception {
    networks = Networks.make(folder, "store", "relay", "cluster", "spare");
    EndpointFiles.make(folder);
    Files.createDirectory(folder.resolve("www"));
    Files.writeString(folder.resolve("www/secret"), "open sesame");
    startService("store");
    BeaconProcess relay =
        start("relay", "relay", "--tls", "off", "--listen", "0.0.0.0:" + RELAY_PORT);
    relay.awaitReady();
    startEndpoint("broker", "cluster", "--listen", "127.0.0.1:" + BROKER_PORT).awaitReady();
  }

  @AfterEach
  void removeHosts() throws Exception {
    for (AutoCloseable process : running.reversed()) {
      process.close();
    }
    if (networks != null) {
      networks.close();
    }
  }

  private Networks networks() {
    return Objects.requireNonNull(networks);
  }

  private void startService(String host) throws Exception {
    List<String> command = new ArrayList<>(networks().at(host));
    command.addAll(List.of("python3", "-m", "http.server", "--bind", "127.0.0.1"));
    command.addAll(List.of("--directory", "www", String.valueOf(SERVICE_PORT)));
    Process service =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(host + ".log").toFile())
            .start();
    running.add(service::destroyForcibly);
  }

  private BeaconProcess start(String host, String... arguments) throws Exception {
    BeaconProcess process = BeaconProcess.start(networks().at(host), folder, List.of(arguments));
    running.add(process);
    return process;
  }

  private BeaconProcess startEndpoint(String role, String host, String... options)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of(role, "--relay-tls", "off"));
    arguments.addAll(List.of("--relay", networks().addressOf("relay") + ":" + RELAY_PORT));
    arguments.addAll(new EndpointFiles(folder).options(role));
    arguments.addAll(List.of(options));
    return start(host, arguments.toArray(String[]::new));
  }

  private BeaconProcess startBridge(String host) throws Exception {
    BeaconProcess bridge =
        startEndpoint("bridge", host, "--service", "127.0.0.1:" + SERVICE_PORT, "--pool", "4");
    bridge.awaitReady();
    return bridge;
  }

  /// One request of the workload, with as much time as a patient one gives it.
  private String ask() throws Exception {
    return networks()
        .inside(
            "cluster",
            "curl",
            "--silent",
            "--show-error",
            "--fail",
            "--max-time",
            "60",
            "http://127.0.0.1:%d/secret".formatted(BROKER_PORT));
  }

  @Test
  void asksAgainWhenTheNetworkIsBack() throws Exception {
    startBridge("store");
    assertThat(ask()).isEqualTo("open sesame");
    for (String host : List.of("store", "relay", "cluster")) {
      networks().cut(host);
      assertThat(askInVain()).as("through a network that is cut").isEqualTo("none\n");
      networks().mend(host);
      assertThat(ask()).as("after %s was cut off", host).isEqualTo("open sesame");
    }
  }

  private String askInVain() throws Exception {
    String request =
        "curl --silent --max-time 3 http://127.0.0.1:%d/secret || echo none".formatted(BROKER_PORT);
    return networks().inside("cluster", "sh", "-c", request);
  }

  /// The links of a bridge whose host is gone look as alive to the relay as those of the new one.
  @Test
  void newBridgeIsAskedAndNotTheStaleLinksOfTheOld() throws Exception {
    BeaconProcess old = startBridge("store");
    assertThat(ask()).isEqualTo("open sesame");
    networks().cut("store"); // before it dies, so that nobody hears of that
    old.close();
    startService("spare");
    startBridge("spare");
    assertThat(ask()).isEqualTo("open sesame");
    assertThat(Files.readString(folder.resolve("spare.log"), UTF_8)).contains("GET /secret");
  }
}
