package org.beaconrelay.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.beaconrelay.app.admin.RelayMetric;
import org.beaconrelay.app.log.LinkField;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.Addresses;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.Patience;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The admin port of the packaged relay.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class AdminIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Pattern LABEL = Pattern.compile("[{,]([a-z_]+)=");

  @TempDir private Path folder;
  private final HttpClient client = HttpClient.newHttpClient();

  @AfterEach
  void closeClient() {
    client.close();
  }

  private RelayJar relay(String... options) throws IOException {
    return RelayJar.readyWithAdmin(folder, options);
  }

  private HttpResponse<String> get(RelayJar relay, String path) throws Exception {
    URI address = relay.admin().resolve(path);
    return client.send(
        HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void isAliveAndReadyUntilItDrains() throws Exception {
    try (RelayJar relay = relay()) {
      assertThat(relay.admin().getHost()).isEqualTo("127.0.0.1");
      assertThat(get(relay, "/livez").statusCode()).isEqualTo(200);
      assertThat(get(relay, "/readyz").body()).isEqualTo("ok\n");
      try (TestPair pair = TestPair.open(relay.address())) {
        relay.terminate();
        relay.awaitLine("drain");
        HttpResponse<String> ready = get(relay, "/readyz");
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).startsWith("draining: ");
        assertThat(get(relay, "/livez").statusCode()).isEqualTo(200);
        pair.exchange();
      }
      assertThat(relay.awaitEnd().exitCode()).isEqualTo(ExitCode.OK);
    }
  }

  // ---- metrics

  private Metrics metrics(RelayJar relay) throws Exception {
    return Metrics.parse(get(relay, "/metrics").body());
  }

  @Test
  void hasEveryMetricAndNoOther() throws Exception {
    try (RelayJar relay = relay()) {
      Map<String, String> expected =
          Arrays.stream(RelayMetric.values())
              .collect(
                  Collectors.toMap(
                      RelayMetric::key, metric -> metric.type().name().toLowerCase(Locale.ROOT)));
      assertThat(metrics(relay).types()).isEqualTo(expected);
      assertThat(get(relay, "/metrics").headers().firstValue("Content-Type"))
          .hasValue("text/plain; version=0.0.4; charset=utf-8");
    }
  }

  @Test
  void countsWhatHappens() throws Exception {
    InfoHash infoHash = InfoHashes.random();
    try (RelayJar relay = relay()) {
      try (TestPair pair = TestPair.open(relay.address());
          TestLink waiting = TestLink.announce(relay.address(), Role.BRIDGE, infoHash);
          TestLink malformed = TestLink.connect(relay.address())) {
        waiting.awaitWaiting();
        pair.broker().send(new byte[1000]);
        pair.bridge().receive(1000);
        pair.bridge().send(new byte[10]);
        pair.broker().receive(10);
        malformed.send("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
        malformed.awaitRejected();
        assertThat(malformed.isAtEnd()).isTrue();
        malformed.close();
        Patience.until(
            PATIENCE,
            "the refused link has ended",
            () -> value(relay, "beacon_refusals_total{reason=\"malformed\"}") == 1);

        Metrics metrics = metrics(relay);
        assertThat(metrics.get("beacon_ready")).isEqualTo(1);
        assertThat(metrics.get("beacon_links_opened_total")).isEqualTo(4);
        assertThat(metrics.get("beacon_links_closed_total{reason=\"malformed\"}")).isEqualTo(1);
        assertThat(metrics.get("beacon_links{state=\"waiting\"}")).isEqualTo(1);
        assertThat(metrics.get("beacon_links{state=\"paired\"}")).isEqualTo(2);
        assertThat(metrics.get("beacon_links{state=\"pending\"}")).isZero();
        assertThat(metrics.get("beacon_pairs")).isEqualTo(1);
        assertThat(metrics.get("beacon_pairs_opened_total")).isEqualTo(1);
        assertThat(metrics.get("beacon_bytes_total{direction=\"to_bridge\"}")).isEqualTo(1000);
        assertThat(metrics.get("beacon_bytes_total{direction=\"to_broker\"}")).isEqualTo(10);
        assertThat(metrics.get("beacon_spliced_bytes_total")).isEqualTo(1010);
        assertThat(metrics.get("beacon_copied_bytes_total")).isZero();
        assertThat(metrics.get("beacon_pipes_leased")).isZero();
        assertThat(metrics.get("beacon_handshake_seconds_count")).isEqualTo(3);
        assertThat(metrics.get("beacon_wait_seconds_count")).isEqualTo(1);
        assertThat(metrics.get("beacon_pairing_seconds_count")).isEqualTo(1);
        assertThat(metrics.get("beacon_pairing_seconds_bucket{le=\"+Inf\"}")).isEqualTo(1);
        assertThat(metrics.get("beacon_event_loop_delay_seconds_count")).isPositive();
        assertThat(metrics.get("beacon_self_audit_ok")).isEqualTo(1);
        assertThat(metrics.get("beacon_self_audit_failures_total")).isZero();
        assertThat(metrics.get("beacon_self_audits_total")).isPositive();
        assertThat(metrics.get("process_open_fds")).isBetween(4.0, metrics.get("process_max_fds"));
        assertThat(metrics.get("process_resident_memory_bytes")).isGreaterThan(10 << 20);
      }
      Patience.until(
          PATIENCE, "no link is open", () -> sum(metricsNow(relay), "beacon_links{") == 0);
      Metrics after = metrics(relay);
      assertThat(after.get("beacon_pairs_closed_total")).isEqualTo(1);
      assertThat(sum(after, "beacon_links_closed_total"))
          .isEqualTo(after.get("beacon_links_opened_total"));
    }
  }

  private static double sum(Metrics metrics, String prefix) {
    return metrics.samples().entrySet().stream()
        .filter(sample -> sample.getKey().startsWith(prefix))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private double value(RelayJar relay, String sample) {
    return metricsNow(relay).get(sample);
  }

  private Metrics metricsNow(RelayJar relay) {
    try {
      return metrics(relay);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void countsWhatIsCopied() throws Exception {
    try (RelayJar relay = relay("--data-path", "copy");
        TestPair pair = TestPair.open(relay.address())) {
      pair.broker().send(new byte[1000]);
      pair.bridge().receive(1000);
      assertThat(value(relay, "beacon_copied_bytes_total")).isEqualTo(1000);
      assertThat(value(relay, "beacon_spliced_bytes_total")).isZero();
    }
  }

  @Test
  void saysHowMuchWasLogged() throws Exception {
    Path log = Files.createDirectory(folder.resolve("logs")).resolve("log");
    try (RelayJar relay = relay("--connection-log", log.toString())) {
      TestPair.open(relay.address()).close();
      Patience.until(
          PATIENCE,
          "two records are written",
          () -> value(relay, "beacon_log_records_written_total") == 2);
      assertThat(value(relay, "beacon_log_records_dropped_total")).isZero();
    }
  }

  /// Whoever is here now, has been here, or was turned away.
  @Test
  void tellsNobodysAddressOrHashInMetrics() throws Exception {
    InfoHash infoHash = InfoHashes.random();
    try (RelayJar relay = relay();
        TestLink gone = TestLink.announce(relay.address(), Role.BROKER, infoHash);
        TestLink waiting = TestLink.announce(relay.address(), Role.BROKER, infoHash)) {
      gone.awaitWaiting();
      waiting.awaitWaiting();
      List<String> secrets =
          List.of(
              infoHash.toHex().substring(0, 8),
              "127.",
              String.valueOf(relay.address().getPort()),
              String.valueOf(gone.source().getPort()),
              String.valueOf(waiting.source().getPort()));
      gone.close();
      Metrics metrics = metrics(relay);
      assertThat(metrics.samples().keySet())
          .allSatisfy(sample -> assertThat(sample).doesNotContain(secrets));
      assertThat(labels(metrics))
          .containsOnly("version", "commit", "jdk", "reason", "limit", "state", "direction", "le");
    }
  }

  private static Set<String> labels(Metrics metrics) {
    return metrics.samples().keySet().stream()
        .flatMap(sample -> LABEL.matcher(sample).results())
        .map(match -> match.group(1))
        .collect(Collectors.toSet());
  }

  // ---- disclosure

  private Outcome disclose(RelayJar relay, String... options) throws Exception {
    List<String> arguments =
        new ArrayList<>(List.of("disclose", "--admin", relay.admin().getAuthority()));
    arguments.addAll(List.of(options));
    try (BeaconProcess process = BeaconProcess.start(List.of(), folder, arguments)) {
      return process.awaitEnd();
    }
  }

  @Test
  void disclosesEveryLinkWithEveryFieldAndNothingBehindThem() throws Exception {
    InfoHash infoHash = InfoHashes.random();
    try (RelayJar relay = relay()) {
      try (TestLink silent = TestLink.connect(relay.address());
          TestLink waiting = TestLink.announce(relay.address(), Role.BROKER, infoHash);
          TestPair pair = TestPair.open(relay.address())) {
        waiting.awaitWaiting();
        pair.broker().send(new byte[1000]);
        pair.bridge().receive(1000);
        Patience.until(
            PATIENCE,
            "all four are there",
            () -> value(relay, "beacon_links{state=\"pending\"}") == 1);

        String json = get(relay, "/disclose").body();
        List<Map<String, String>> links =
            json.lines()
                .filter(line -> line.contains("pair_id"))
                .map(line -> LogLine.parse(line.replaceFirst("^,", "")))
                .toList();
        assertThat(links).hasSize(4);
        assertThat(links)
            .allSatisfy(
                link -> {
                  assertThat(link.keySet())
                      .containsExactlyElementsOf(
                          Arrays.stream(LinkField.values()).map(LinkField::key).toList());
                  assertThat(link.get("destination"))
                      .isEqualTo("127.0.0.1:" + relay.address().getPort());
                });
        assertThat(links)
            .extracting(link -> link.get("source"))
            .containsExactlyInAnyOrder(
                text(silent), text(waiting), text(pair.bridge()), text(pair.broker()));
        Map<String, String> broker = ofSource(links, text(pair.broker()));
        Map<String, String> bridge = ofSource(links, text(pair.bridge()));
        assertThat(broker).containsEntry("role", "broker").containsEntry("bytes_from", "1000");
        assertThat(bridge).containsEntry("role", "bridge").containsEntry("bytes_to", "1000");
        assertThat(bridge.get("pair_id")).hasSize(16).isEqualTo(broker.get("pair_id"));
        assertThat(ofSource(links, text(waiting))).containsEntry("info_hash", infoHash.toHex());

        Outcome table = disclose(relay);
        assertThat(table.exitCode()).isEqualTo(ExitCode.OK);
        assertThat(table.out())
            .contains(": 4 links open: 2 of pairs, 1 waiting, 1 others\n")
            .contains(infoHash.toHex(), text(silent), text(pair.broker()));
        assertThat(disclose(relay, "--json").out()).hasLineCount(6).contains(infoHash.toHex());
      }
      Patience.until(
          PATIENCE,
          "nothing is held any more",
          () -> !body(relay, "/disclose").contains("pair_id"));
      assertThat(disclose(relay, "--json").out())
          .matches("\\{\"at\":\"[^\"]*\",\"links\":\\[\n],\"unwritten_records\":0}");
      assertThat(disclose(relay).out()).contains(": 0 links open: ");
    }
  }

  private String body(RelayJar relay, String path) {
    try {
      return get(relay, path).body();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static String text(TestLink link) throws IOException {
    return Addresses.format(link.source());
  }

  private static Map<String, String> ofSource(List<Map<String, String>> links, String source) {
    return links.stream().filter(link -> source.equals(link.get("source"))).findAny().orElseThrow();
  }

  /// As long as nobody reads the log, not one is written.
  @Test
  void tellsOfRecordsThatItsLogHasNotYetWritten() throws Exception {
    Path log = folder.resolve("fifo");
    Programs.run(folder, Programs.find("mkfifo"), "-m", "600", log.toString());
    try (RelayJar relay = relay("--connection-log", log.toString())) {
      assertThat(disclose(relay).out()).endsWith(" Of links that have ended it holds nothing.");
      TestPair.open(relay.address()).close();
      awaitUnwritten(relay, 2);
      assertThat(disclose(relay).out())
          .contains(": 0 links open: ")
          .contains(" it holds 2 records that its connection log has not yet written");
      try (BufferedReader reader = Files.newBufferedReader(log)) {
        assertThat(reader.readLine()).contains("\"pair_id\"");
        assertThat(reader.readLine()).contains("\"pair_id\"");
        awaitUnwritten(relay, 0);
      }
    }
  }

  private void awaitUnwritten(RelayJar relay, int records) {
    Patience.until(
        PATIENCE,
        records + " records are not written",
        () ->
            body(relay, "/disclose")
                .endsWith("\n],\"unwritten_records\":%d}\n".formatted(records)));
  }

  @Test
  void explainsWhatItSeesAsItIsConfigured() throws Exception {
    try (RelayJar relay =
        RelayJar.readyWithTls(folder, "--admin", "127.0.0.1:0", "--drain-timeout", "1s")) {
      Outcome outcome = disclose(relay, "--explain");
      assertThat(outcome.err()).isEmpty();
      assertThat(outcome.out())
          .contains(
              "| source and destination IP address and port | TCP socket metadata | while a link")
          .contains("Nothing is logged of links")
          .contains("not a byte of it is ever in the memory")
          .containsPattern("relay binary \\| `[0-9a-f]{64}`");
      String sha256 = relay.readyLine().replaceAll(".* sha256=(\\S+).*", "$1");
      assertThat(outcome.out()).contains("(self-signed) | `" + sha256 + "` | `openssl s_client");
    }
  }

  @Test
  void explainsWhatItLogs() throws Exception {
    Path log = Files.createDirectory(folder.resolve("logs")).resolve("log");
    try (RelayJar relay =
        relay(
            "--connection-log=" + log,
            "--log-address=truncated",
            "--log-hash=none",
            "--retention=30d",
            "--data-path=copy")) {
      assertThat(disclose(relay, "--explain").out())
          .contains("in memory | the network (IPv4 /24, IPv6 /48) alone | `source` `destination` |")
          .contains("pairing | while a link is open, in memory | no | `role` `info_hash` |")
          .contains("and removed before it is older than 30d.")
          .contains("With `data-path copy`, which is in effect")
          .contains("none: links are plain TCP");
    }
  }

  @Test
  void saysThatNobodyIsThereToDisclose() throws Exception {
    int port;
    try (RelayJar relay = relay()) {
      port = relay.admin().getPort();
    }
    Outcome outcome = Outcome.of("disclose", "--admin", "127.0.0.1:" + port);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    assertThat(outcome.err())
        .startsWith("beacon: cannot reach the admin port at 127.0.0.1:" + port + ": ");
  }

  @Test
  void saysThatThereIsNoSuchHost() {
    Outcome outcome = Outcome.of("disclose", "--admin", "no-such-host.invalid:9443");
    assertThat(outcome.err())
        .startsWith(
            "beacon: cannot reach the admin port at no-such-host.invalid:9443: there is no host of"
                + " this name; is the relay running");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
  }

  /// Linux does not answer who comes to a queue that is full.
  @Test
  void saysThatNobodyAnswersInTime() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket first = new Socket(listener.getInetAddress(), listener.getLocalPort());
        Socket second = new Socket(listener.getInetAddress(), listener.getLocalPort())) {
      assertThat(List.of(first, second)).allMatch(Socket::isConnected);
      String admin = "127.0.0.1:" + listener.getLocalPort();
      Outcome outcome = Outcome.of("disclose", "--admin", admin);
      assertThat(outcome.err())
          .startsWith(
              "beacon: cannot reach the admin port at %s: no answer in time; ".formatted(admin));
      assertThat(outcome.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
    }
  }

  @Test
  void saysThatItsAnswerCannotBeWritten() throws Exception {
    try (RelayJar relay = relay()) {
      String admin = relay.admin().getAuthority();
      for (String option : List.of("--json", "--explain")) {
        Outcome outcome = Outcome.onFullDisk("disclose", "--admin", admin, option);
        assertThat(outcome.err()).isEqualTo("beacon: standard output: could not be written\n");
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE);
      }
    }
  }

  @Test
  void saysThatSomebodyElseIsThere() throws Exception {
    try (RelayJar relay = RelayJar.ready(folder)) {
      Outcome outcome = Outcome.of("disclose", "--admin", "127.0.0.1:" + relay.address().getPort());
      assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE);
      assertThat(outcome.err()).startsWith("beacon: the admin port at 127.0.0.1:");
    }
  }

  @Test
  void saysThatThePortIsTaken() throws Exception {
    try (RelayJar first = relay()) {
      String taken = first.admin().getAuthority();
      try (RelayJar second = RelayJar.start(folder, "--listen", "127.0.0.1:0", "--admin", taken)) {
        Outcome outcome = second.awaitEnd();
        assertThat(outcome.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(outcome.err())
            .isEqualToIgnoringNewLines(
                "beacon: cannot have the admin port at %s: Address already in use (another relay?"
                        .formatted(taken)
                    + " choose another port with --admin, or --admin off)");
        assertThat(outcome.out()).doesNotContain("ready");
      }
    }
  }

  @Test
  void isClosedIfItsOperatorWantsItSo() throws Exception {
    try (RelayJar relay = RelayJar.ready(folder, "--admin", "off")) {
      assertThat(relay.readyLine()).doesNotContain("admin");
    }
  }
}
