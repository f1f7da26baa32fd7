package org.beaconrelay.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.Patience;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestPair;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The connection log of the packaged relay.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class ConnectionLogIT {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /// More than a pipe and the buffers of sockets take.
  private static final int MUCH_BYTES = 3_000_017;

  @TempDir private Path temporary;
  private Path folder;
  private Path log;

  @BeforeEach
  void makeFolder() throws IOException {
    folder = Files.createDirectory(temporary.toRealPath().resolve("logs"));
    log = folder.resolve("log");
  }

  private RelayJar relay(String... options) throws IOException {
    List<String> all = new ArrayList<>(List.of("--connection-log", log.toString()));
    all.addAll(List.of(options));
    return RelayJar.ready(temporary, all.toArray(String[]::new));
  }

  /// All that is in a folder of logs: one may become two at any moment.
  private static List<String> lines(Path folder) {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.sorted().toList()) {
        lines.addAll(linesOf(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return lines;
  }

  private static List<String> linesOf(Path file) throws IOException {
    try {
      return Files.readAllLines(file);
    } catch (NoSuchFileException e) {
      return List.of(); // renamed or removed since the listing
    }
  }

  private List<Map<String, String>> records() {
    return lines(folder).stream().map(LogLine::parse).toList();
  }

  private List<Map<String, String>> await(int count) {
    Patience.until(PATIENCE, count + " records", () -> records().size() >= count);
    return records();
  }

  private static Map<String, String> ofRole(List<Map<String, String>> records, Role role) {
    String name = role.name().toLowerCase(Locale.ROOT);
    return records.stream().filter(line -> name.equals(line.get("role"))).findAny().orElseThrow();
  }

  private static void assertBytes(
      List<Map<String, String>> records, int fromBridge, int fromBroker) {
    assertThat(ofRole(records, Role.BRIDGE))
        .containsEntry("bytes_from", String.valueOf(fromBridge))
        .containsEntry("bytes_to", String.valueOf(fromBroker));
    assertThat(ofRole(records, Role.BROKER))
        .containsEntry("bytes_from", String.valueOf(fromBroker))
        .containsEntry("bytes_to", String.valueOf(fromBridge));
  }

  private static void send(TestLink from, TestLink to, int count) throws Exception {
    byte[] bytes = new byte[count];
    Thread sender =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    from.send(bytes);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                });
    to.receive(count);
    sender.join();
  }

  // ---- what is in it

  @Test
  void tellsAllOfAHalfClosedPairAndNothingElse() throws Exception {
    Instant before = Instant.now();
    try (RelayJar relay = relay()) {
      String destination = "127.0.0.1:" + relay.address().getPort();
      InfoHash infoHash;
      String pairId;
      List<String> sources;
      try (TestPair pair = TestPair.open(relay.address())) {
        infoHash = pair.infoHash();
        pairId = "%016x".formatted(pair.pairId());
        sources = List.of(text(pair.bridge().source()), text(pair.broker().source()));
        send(pair.broker(), pair.bridge(), MUCH_BYTES);
        pair.broker().halfClose();
        assertThat(pair.bridge().isAtEnd()).isTrue();
        send(pair.bridge(), pair.broker(), 12_345);
        assertThat(records()).as("the links are open").isEmpty();
        assertThat(relay.figures().filesOpenForWriting()).containsExactly(log);
        pair.bridge().halfClose();
        assertThat(pair.broker().isAtEnd()).isTrue();
      }
      List<Map<String, String>> records = await(2);
      assertBytes(records, 12_345, MUCH_BYTES);
      for (Role role : Role.values()) {
        Map<String, String> line = ofRole(records, role);
        assertThat(line)
            .containsEntry("pair_id", pairId)
            .containsEntry("info_hash", infoHash.toHex())
            .containsEntry("source", sources.get(role.ordinal()))
            .containsEntry("destination", destination)
            .containsEntry("close_reason", "completed");
        assertThat(Stream.of("opened", "paired", "closed").map(line::get).map(Instant::parse))
            .isSorted()
            .allMatch(time -> time.isAfter(before.minusMillis(1)) && time.isBefore(Instant.now()));
      }
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(log)))
          .isEqualTo("rw-------");
      relay.terminate();
      Outcome outcome = relay.awaitEnd();
      assertThat(outcome.out()).doesNotContain(infoHash.toHex(), pairId);
      assertThat(outcome.err()).isEmpty();
    }
  }

  private static String text(InetSocketAddress address) {
    return address.getAddress().getHostAddress() + ":" + address.getPort();
  }

  @Test
  void countsToTheByteWhereALinkIsReset() throws Exception {
    try (RelayJar relay = relay();
        TestPair pair = TestPair.open(relay.address())) {
      send(pair.broker(), pair.bridge(), MUCH_BYTES);
      send(pair.bridge(), pair.broker(), 777);
      pair.broker().reset();
      assertThat(pair.bridge().isReset()).isTrue();
      List<Map<String, String>> records = await(2);
      assertBytes(records, 777, MUCH_BYTES);
      assertThat(ofRole(records, Role.BROKER)).containsEntry("close_reason", "reset");
      assertThat(ofRole(records, Role.BRIDGE)).containsEntry("close_reason", "counterpart_lost");
    }
  }

  @Test
  void tellsOfLinksThatWereNeverPaired() throws Exception {
    try (RelayJar relay = relay()) {
      try (TestLink stranger = TestLink.connect(relay.address())) {
        stranger.send("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
        assertThat(stranger.awaitRejected()).isEqualTo(RejectReason.MALFORMED);
      }
      try (TestLink waiting =
          TestLink.announce(relay.address(), Role.BRIDGE, InfoHashes.random())) {
        waiting.awaitWaiting();
      }
      assertThat(await(2))
          .extracting(line -> line.get("close_reason"))
          .containsExactlyInAnyOrder("malformed", "withdrawn");
      assertThat(records())
          .allSatisfy(
              line ->
                  assertThat(line)
                      .containsEntry("pair_id", "null")
                      .containsEntry("paired", "null")
                      .containsEntry("bytes_from", "0")
                      .containsEntry("bytes_to", "0"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "truncated, 127\\.\\d+\\.\\d+\\.0/24, [0-9a-f]{8}",
    "pseudonym, [0-9a-f]{16},               [0-9a-f]{16}",
    "none,      null,                       null"
  })
  void leavesOutWhatTheOperatorDoesNotWant(String privacy, String address, String hash)
      throws Exception {
    try (RelayJar relay = relay("--log-address", privacy, "--log-hash", privacy)) {
      InfoHash infoHash;
      List<String> hosts;
      try (TestPair pair = TestPair.open(relay.address())) {
        infoHash = pair.infoHash();
        hosts =
            Stream.of(pair.bridge().source(), pair.broker().source(), relay.address())
                .map(InetSocketAddress::getAddress)
                .map(InetAddress::getHostAddress)
                .toList();
        pair.exchange();
      }
      List<Map<String, String>> records = await(2);
      assertThat(String.join("\n", lines(folder)))
          .doesNotContain(hosts)
          .doesNotContain(infoHash.toHex());
      assertThat(records)
          .allSatisfy(
              line -> {
                assertThat(line.get("source")).matches(address);
                assertThat(line.get("destination")).matches(address);
                assertThat(line.get("info_hash")).matches(hash);
              });
      for (String same : List.of("destination", "info_hash")) {
        assertThat(records.getFirst()).containsEntry(same, records.getLast().get(same));
      }
    }
  }

  // ---- standard output

  @Test
  void writesToStandardOutputBetweenReadyAndStop() throws Exception {
    try (RelayJar relay =
        RelayJar.ready(temporary, "--connection-log", "stdout", "--retention", "1d")) {
      TestPair.open(relay.address()).close();
      relay.terminate();
      Outcome outcome = relay.awaitEnd();
      List<String> lines = outcome.out().lines().toList();
      assertThat(lines.stream().filter(line -> line.startsWith("{")).map(LogLine::parse))
          .hasSize(2);
      assertThat(lines.stream().filter(line -> !line.startsWith("{")))
          .extracting(line -> line.split(" ", 2)[0])
          .containsExactly("start", "config", "ready", "drain", "stop");
      assertThat(lines.getLast()).startsWith("stop ");
      assertThat(outcome.err())
          .startsWith("beacon: warning: retention has no meaning with connection-log stdout: ")
          .hasLineCount(1);
    }
  }

  @Test
  void endsThoughNobodyReadsStandardOutput() throws Exception {
    int pairs = 200; // more lines than a pipe takes
    try (RelayJar relay = RelayJar.ready(temporary, "--connection-log", "stdout")) {
      for (int i = 0; i < pairs; i++) {
        TestPair.open(relay.address()).close();
      }
      try (TestPair pair = TestPair.open(relay.address())) {
        pair.exchange();
      }
      relay.terminate();
      assertThat(relay.awaitExitCode()).isEqualTo(ExitCode.OK);
      relay.awaitErr(" dropped: ");
    }
  }

  // ---- what cannot be written

  @Test
  void bearsAFullDisk() throws Exception {
    log = Path.of("/dev/full");
    int pairs = 20;
    try (RelayJar relay = relay("--retention", "1d")) {
      for (int i = 0; i < pairs; i++) {
        try (TestPair pair = TestPair.open(relay.address())) {
          pair.exchange();
        }
      }
      relay.awaitErr("dropped: No space left on device");
      try (TestPair pair = TestPair.open(relay.address())) {
        pair.exchange();
      }
      relay.terminate();
      assertThat(dropped(relay.awaitEnd())).isEqualTo(2 * (pairs + 1));
    }
  }

  /// A limit on the size of files: like a disk that takes a part of a batch, and then no more.
  @Test
  void writesWholeLinesAloneWhereTheDiskGetsFull() throws Exception {
    int pairs = 20;
    try (RelayJar relay = relay()) {
      Programs.run(
          temporary, Programs.find("prlimit"), "--pid=" + relay.figures().pid(), "--fsize=5000");
      for (int i = 0; i < pairs; i++) {
        try (TestPair pair = TestPair.open(relay.address())) {
          pair.exchange();
        }
      }
      relay.awaitErr("dropped: File too large");
      relay.terminate();
      int dropped = dropped(relay.awaitEnd());
      assertThat(records()).isNotEmpty().hasSize(2 * pairs - dropped);
    }
  }

  /// What is said of lost records, in sum.
  private static int dropped(Outcome outcome) {
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
    return outcome
        .err()
        .lines()
        .filter(line -> line.matches("beacon: warning: connection log: [0-9]+ records? dropped.*"))
        .mapToInt(line -> Integer.parseInt(line.split(" ", -1)[4]))
        .sum();
  }

  @Test
  void bearsALogThatNobodyReads() throws Exception {
    Programs.run(folder, Programs.find("mkfifo"), "-m", "600", log.toString());
    try (RelayJar relay = relay()) {
      for (int i = 0; i < 10; i++) {
        try (TestPair pair = TestPair.open(relay.address())) {
          pair.exchange();
        }
      }
      relay.terminate();
      Outcome outcome = relay.awaitEnd();
      assertThat(dropped(outcome)).isEqualTo(20);
      assertThat(outcome.err()).contains(": there was no time to write them\n");
    }
  }

  @Test
  void bearsAFolderThatIsTakenAway() throws Exception {
    try (RelayJar relay = relay()) {
      TestPair.open(relay.address()).close();
      await(2);
      Path aside = folder.resolveSibling("aside");
      Files.move(folder, aside);
      try (TestPair pair = TestPair.open(relay.address())) {
        pair.exchange();
      }
      relay.awaitErr("dropped: no such file");
      assertThat(lines(aside)).as("nothing is written elsewhere").hasSize(2);
      Files.createDirectory(folder);
      TestPair.open(relay.address()).close();
      Patience.until(PATIENCE, "it is there again", () -> Files.exists(log));
    }
  }

  // ---- retention

  @Test
  void removesWhatIsOldThoughNothingIsLogged() throws Exception {
    try (RelayJar relay = relay("--retention", "8s")) {
      TestPair.open(relay.address()).close();
      Patience.until(PATIENCE, "the records are there", () -> records().size() == 2);
      Patience.until(PATIENCE, "the records are gone", () -> records().isEmpty());
      assertThat(folder.toFile().list()).containsExactly("log");
    }
  }

  @Test
  void holdsTheRetentionAcrossRestarts() throws Exception {
    try (RelayJar relay = relay()) {
      TestPair.open(relay.address()).close();
      await(2);
    } // it is killed
    String line = lines(folder).getFirst();
    String old =
        line.replaceAll("\"closed\":\"[^\"]+\"", "\"closed\":\"2020-01-01T00:30:00.000Z\"");
    Files.writeString(folder.resolve("log.20200101T000000Z"), old + "\n");
    Files.writeString(log, line.substring(0, 30), StandardOpenOption.APPEND);
    try (RelayJar relay = relay()) {
      TestPair.open(relay.address()).close();
      await(4);
      assertThat(folder.resolve("log.20200101T000000Z")).doesNotExist();
    }
    Files.writeString(log, old + "\n");
    try (RelayJar relay = relay()) {
      Patience.until(PATIENCE, "the old record is gone", () -> records().isEmpty());
      assertThat(Outcome.of("retention", "--connection-log", log.toString()).out())
          .contains("kept      0 records in 1 file\n", "oldest    none\n");
      TestPair.open(relay.address()).close();
      await(2);
      assertThat(Outcome.of("retention", "--connection-log", log.toString()).out())
          .contains("kept      2 records in ", "s old: closed ");
    }
  }

  @Test
  void leavesTheLogOfAnotherRelayAlone() throws Exception {
    try (RelayJar first = relay();
        RelayJar second = relay()) {
      TestPair.open(second.address()).close();
      second.awaitErr("connection log: cannot be written: another relay writes to it");
      TestPair.open(first.address()).close();
      await(2);
    }
  }

  // ---- the end

  @Test
  void writesWhatIsInTheQueueBeforeItEnds() throws Exception {
    int links = 1_000;
    List<TestLink> waiting = new ArrayList<>();
    try (RelayJar relay = relay()) {
      for (int i = 0; i < links; i++) {
        waiting.add(TestLink.announce(relay.address(), Role.BROKER, InfoHashes.random()));
      }
      for (TestLink link : waiting) {
        link.awaitWaiting();
      }
      relay.terminate();
      for (TestLink link : waiting) {
        assertThat(link.awaitRejected()).isEqualTo(RejectReason.DRAINING);
        link.close();
      }
      assertThat(relay.awaitEnd().exitCode()).isEqualTo(ExitCode.OK);
    }
    assertThat(records())
        .hasSize(links)
        .allSatisfy(line -> assertThat(line).containsEntry("close_reason", "draining"));
  }

  // ---- what it does not begin with

  @Test
  void tellsAllThatIsWrongTogether() throws Exception {
    try (RelayJar relay =
        RelayJar.start(
            temporary,
            "--listen",
            "here",
            "--connection-log",
            folder.resolve("none/log").toString(),
            "--log-address=some",
            "--log-hash=all",
            "--retention=7")) {
      Outcome outcome = relay.awaitEnd();
      assertThat(outcome.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
      assertThat(outcome.out()).isEmpty();
      assertThat(outcome.err().lines())
          .extracting(line -> line.split(" \"", 2)[0])
          .containsExactly(
              "beacon: flag --listen",
              "beacon: flag --connection-log",
              "beacon: flag --log-address",
              "beacon: flag --log-hash",
              "beacon: flag --retention");
      assertThat(outcome.err()).contains("mkdir -m 700 " + folder.resolve("none"));
    }
  }

  @Test
  void refusesAFolderThatItMayNotWriteTo() throws Exception {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
    List<String> withoutPrivileges =
        System.getProperty("user.name").equals("root")
            ? List.of(Programs.find("setpriv"), "--bounding-set=-all", "--inh-caps=-all")
            : List.of();
    try (RelayJar relay =
        RelayJar.startBy(
            withoutPrivileges,
            temporary,
            "--listen=127.0.0.1:0",
            "--connection-log",
            log.toString())) {
      Outcome outcome = relay.awaitEnd();
      assertThat(outcome.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
      assertThat(outcome.err())
          .contains("the relay may not make files in " + folder)
          .hasLineCount(1);
    } finally {
      Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }
  }
}
