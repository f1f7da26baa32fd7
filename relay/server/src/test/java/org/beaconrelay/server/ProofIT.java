package org.beaconrelay.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.Proof;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.TestCertificates;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestProver;
import org.beaconrelay.testing.TestTlsLink;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Links that have to prove what they announce (PROTOCOL.md, section 7).
final class ProofIT {
  /// Enough for what comes before, on a machine that is busy with something else.
  private static final Duration SHORT = Duration.ofSeconds(3);

  private static final byte[] EARLY = "right behind the proof".getBytes(US_ASCII);

  private TestProver prover;
  private HeldUpIdentity identity;

  @BeforeEach
  void makeCertificates() throws Exception {
    prover = TestProver.create();
    identity = new HeldUpIdentity(TestCertificates.ca(wanted -> wanted.subject = "CN=relay"));
  }

  private static TestRelay startPlain(Consumer<TestSettings> change) throws Exception {
    return TestRelay.start(
        settings -> {
          settings.requireProof = true;
          change.accept(settings);
        });
  }

  private TestRelay startTls(Consumer<TestSettings> change) throws Exception {
    return startPlain(
        settings -> {
          settings.outerTls = identity;
          change.accept(settings);
        });
  }

  private TestLink announce(TestRelay relay, Role role) throws Exception {
    return TestLink.announce(relay.address(), prover.announce(role));
  }

  private TestLink proved(TestRelay relay, Role role) throws Exception {
    TestLink link = announce(relay, role);
    link.send(prover.prove(role, link.awaitChallenge()).toBytes());
    return link;
  }

  private TestTlsLink announceTls(TestRelay relay, Role role, boolean exact) throws Exception {
    return TestTlsLink.announce(
        relay.address(), new Announce(role, exact, false, true, prover.infoHash(), 0));
  }

  private byte[] proofFor(TestTlsLink link, Role role) throws Exception {
    return prover.prove(role, link.awaitChallenge(), link.exporter()).toBytes();
  }

  private TestTlsLink provedTls(TestRelay relay, Role role, boolean exact) throws Exception {
    TestTlsLink link = announceTls(relay, role, exact);
    link.send(proofFor(link, role));
    return link;
  }

  private static void exchange(TestLink bridge, TestLink broker) throws Exception {
    broker.send("question".getBytes(US_ASCII));
    assertThat(bridge.receive(8)).isEqualTo("question".getBytes(US_ASCII));
    bridge.send("answer".getBytes(US_ASCII));
    assertThat(broker.receive(6)).isEqualTo("answer".getBytes(US_ASCII));
  }

  private static TestLink switchOver(TestTlsLink link) throws Exception {
    link.awaitPaired();
    link.awaitCloseNotify();
    link.sendCloseNotify();
    return link.raw();
  }

  // ---- as it should be

  @Test
  void pairsWhoProvesIt() throws Exception {
    try (TestRelay relay = startPlain(_ -> {});
        TestLink bridge = proved(relay, Role.BRIDGE)) {
      bridge.awaitWaiting();
      try (TestLink broker = proved(relay, Role.BROKER)) {
        assertThat(broker.awaitPaired()).isEqualTo(bridge.awaitPaired());
        exchange(bridge, broker);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"false,false", "false,true", "true,false", "true,true"})
  void pairsWhoProvesItInsideTls(boolean exactBridge, boolean exactBroker) throws Exception {
    try (TestRelay relay = startTls(_ -> {});
        TestTlsLink bridge = provedTls(relay, Role.BRIDGE, exactBridge);
        TestTlsLink broker = provedTls(relay, Role.BROKER, exactBroker)) {
      exchange(switchOver(bridge), switchOver(broker));
    }
  }

  @Test
  void asksNobodyWhereNoProofIsDemanded() throws Exception {
    try (TestRelay relay = TestRelay.start();
        TestLink link = announce(relay, Role.BRIDGE)) {
      link.awaitWaiting();
    }
  }

  @Test
  void asksEachLinkForAnother() throws Exception {
    try (TestRelay relay = startPlain(_ -> {});
        TestLink one = announce(relay, Role.BRIDGE);
        TestLink other = announce(relay, Role.BRIDGE)) {
      assertThat(one.awaitChallenge()).isNotEqualTo(other.awaitChallenge());
      one.reset();
      other.reset();
      assertThat(relay.awaitCloseReasons(2)).containsOnly(CloseReason.WITHDRAWN);
    }
  }

  @Test
  void takesAProofThatComesByteByByte() throws Exception {
    try (TestRelay relay = startPlain(_ -> {});
        TestLink link = announce(relay, Role.BRIDGE)) {
      for (byte part : prover.prove(Role.BRIDGE, link.awaitChallenge()).toBytes()) {
        link.send(part);
      }
      link.awaitWaiting();
    }
  }

  @Test
  void takesAProofThatComesInManyRecords() throws Exception {
    try (TestRelay relay = startTls(_ -> {});
        TestTlsLink link = announceTls(relay, Role.BRIDGE, false)) {
      byte[] proof = proofFor(link, Role.BRIDGE);
      int size = 1 + proof.length / 40;
      for (int offset = 0; offset < proof.length; offset += size) {
        link.send(Arrays.copyOfRange(proof, offset, Math.min(proof.length, offset + size)));
      }
      assertThat(link.receiveFrame()).isEqualTo(new Frame.Waiting());
    }
  }

  @Test
  void takesAProofOfSixteenKibibytes() throws Exception {
    prover =
        new TestProver(
            prover.ca(),
            TestCertificates.leaf(
                prover.ca(),
                wanted -> {
                  for (int i = 0; i < 60; i++) {
                    wanted.dnsNames.add("%d-%s.example".formatted(i, "x".repeat(240)));
                  }
                }));
    try (TestRelay relay = startPlain(_ -> {});
        TestLink link = announce(relay, Role.BRIDGE)) {
      byte[] proof = prover.prove(Role.BRIDGE, link.awaitChallenge()).toBytes();
      assertThat(proof.length).isBetween(16_000, Proof.MAX_LENGTH);
      link.send(proof);
      link.awaitWaiting();
    }
  }

  /// Another TLS library exports the same, and its user signs that.
  @Test
  void takesAProofOfTheOpensslProgram() throws Exception {
    try (TestRelay relay = startTls(_ -> {})) {
      ProcessBuilder command =
          new ProcessBuilder("openssl", "s_client", "-keymatexport", Proof.EXPORTER_LABEL);
      command.command().addAll(List.of("-keymatexportlen", "" + Proof.EXPORTER_LENGTH));
      command.command().addAll(List.of("-connect", "127.0.0.1:" + relay.address().getPort()));
      Process openssl = command.redirectErrorStream(true).start();
      try (OutputStream toRelay = openssl.getOutputStream();
          InputStream said = openssl.getInputStream()) {
        toRelay.write(prover.announce(Role.BRIDGE).toBytes());
        toRelay.flush();
        Matcher exporter =
            Pattern.compile("Keying material: ([0-9A-F]{64})")
                .matcher(readUpTo(said, new Frame.Challenge()));
        assertThat(exporter.find()).isTrue();
        byte[] nonce = said.readNBytes(Proof.NONCE_LENGTH);
        byte[] exported = HexFormat.of().parseHex(exporter.group(1));
        toRelay.write(prover.prove(Role.BRIDGE, nonce, exported).toBytes());
        toRelay.flush();
        readUpTo(said, new Frame.Waiting());
      } finally {
        openssl.destroy();
        openssl.waitFor();
      }
    }
  }

  /// All up to a frame, and the frame.
  private static String readUpTo(InputStream in, Frame frame) throws IOException {
    String wanted = new String(frame.toBytes(), ISO_8859_1);
    StringBuilder text = new StringBuilder();
    while (!text.toString().endsWith(wanted)) {
      int next = in.read();
      if (next < 0) {
        throw new EOFException("no " + frame + " in: " + text);
      }
      text.append((char) next);
    }
    return text.toString();
  }

  // ---- what stands behind the proof

  @Test
  void keepsEarlyDataForTheCounterpart() throws Exception {
    try (TestRelay relay = startPlain(_ -> {});
        TestLink bridge = announce(relay, Role.BRIDGE)) {
      bridge.send(withEarlyData(prover.prove(Role.BRIDGE, bridge.awaitChallenge())));
      bridge.awaitWaiting();
      try (TestLink broker = announce(relay, Role.BROKER)) {
        broker.send(withEarlyData(prover.prove(Role.BROKER, broker.awaitChallenge())));
        broker.awaitPaired();
        bridge.awaitPaired();
        assertThat(broker.receive(EARLY.length)).isEqualTo(EARLY);
        assertThat(bridge.receive(EARLY.length)).isEqualTo(EARLY);
      }
    }
  }

  private static byte[] withEarlyData(Proof proof) {
    byte[] bytes = proof.toBytes();
    return ByteBuffer.allocate(bytes.length + EARLY.length).put(bytes).put(EARLY).array();
  }

  @Test
  void keepsRawEarlyDataOfAnExactEndpoint() throws Exception {
    try (TestRelay relay = startTls(_ -> {});
        TestTlsLink exact = provedTls(relay, Role.BRIDGE, true)) {
      exact.sendCloseNotify();
      exact.raw().send(EARLY);
      try (TestTlsLink broker = provedTls(relay, Role.BROKER, false)) {
        assertThat(switchOver(broker).receive(EARLY.length)).isEqualTo(EARLY);
        exact.awaitPaired();
        exact.awaitCloseNotify();
      }
    }
  }

  @Test
  void dataInsideTlsBehindTheProofIsMalformed() throws Exception {
    try (TestRelay relay = startTls(_ -> {});
        TestTlsLink link = announceTls(relay, Role.BRIDGE, true)) {
      byte[] proof = proofFor(link, Role.BRIDGE);
      link.send(Arrays.copyOf(proof, proof.length + 1));
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.MALFORMED);
    }
  }

  @Test
  void laterDataInsideTlsIsMalformedToo() throws Exception {
    try (TestRelay relay = startTls(_ -> {});
        TestTlsLink link = provedTls(relay, Role.BRIDGE, true)) {
      link.send((byte) 1);
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.MALFORMED);
    }
  }

  // ---- no proof

  @Test
  void refusesWhoOffersNone() throws Exception {
    try (TestRelay relay = startPlain(_ -> {});
        TestLink link = relay.announce(Role.BRIDGE, prover.infoHash())) {
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.PROOF_REQUIRED);
      assertThat(relay.awaitCloseReasons(1)).containsExactly(CloseReason.PROOF_REQUIRED);
    }
  }

  @Test
  void refusesWhoOffersNoneInsideTls() throws Exception {
    try (TestRelay relay = startTls(_ -> {});
        TestTlsLink link =
            TestTlsLink.announce(relay.address(), Announce.of(Role.BRIDGE, prover.infoHash()))) {
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.PROOF_REQUIRED);
    }
  }

  /// Who does not wait for the challenge has its early data taken for a proof.
  @Test
  void refusesEarlyDataInPlaceOfAProof() throws Exception {
    try (TestRelay relay = startPlain(_ -> {});
        TestLink link = TestLink.announce(relay.address(), prover.announce(Role.BRIDGE), EARLY)) {
      link.awaitChallenge();
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.PROOF_INVALID);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 400})
  void refusesAProofThatEndsTooEarly(int length) throws Exception {
    try (TestRelay relay = startPlain(_ -> {});
        TestLink link = announce(relay, Role.BRIDGE)) {
      byte[] proof = prover.prove(Role.BRIDGE, link.awaitChallenge()).toBytes();
      link.send(Arrays.copyOf(proof, length));
      link.halfClose();
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.PROOF_INVALID);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void refusesACloseNotifyInPlaceOfAProof(boolean exact) throws Exception {
    try (TestRelay relay = startTls(_ -> {});
        TestTlsLink link = announceTls(relay, Role.BRIDGE, exact)) {
      link.awaitChallenge();
      link.sendCloseNotify();
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.PROOF_INVALID);
    }
  }

  @Test
  void endsALinkThatBreaksItsTls() throws Exception {
    try (TestRelay relay = startTls(_ -> {});
        TestTlsLink link = announceTls(relay, Role.BRIDGE, false)) {
      link.awaitChallenge();
      link.raw().send("no TLS any more".getBytes(US_ASCII));
      assertThat(relay.awaitCloseReasons(1)).containsExactly(CloseReason.TLS_FAILED);
    }
  }

  // ---- a proof that does not hold

  /// At the first byte that is wrong: the rest never comes.
  @Test
  void refusesAHeaderAsSoonAsItIsWrong() throws Exception {
    byte[] tooLong = {'B', 'C', 'N', '1', 6, 0, 0x3F, (byte) 0xF0, 0};
    try (TestRelay relay = startPlain(_ -> {})) {
      for (byte[] begin :
          new byte[][] {
            {'G'},
            {'B', 'C', 'N', '2'},
            {'B', 'C', 'N', '1', 1},
            tooLong,
            {'B', 'C', 'N', '1', 6, 1}
          }) {
        try (TestLink link = announce(relay, Role.BRIDGE)) {
          link.awaitChallenge();
          link.send(begin);
          assertThat(link.awaitRejected()).isEqualTo(RejectReason.PROOF_INVALID);
        }
      }
    }
  }

  @Test
  void refusesProofsOfSomethingElse() throws Exception {
    TestProver stranger = TestProver.create();
    TestProver mixed = new TestProver(prover.ca(), stranger.leaf());
    try (TestRelay relay = startPlain(_ -> {});
        TestLink waiting = proved(relay, Role.BRIDGE)) {
      waiting.awaitWaiting();
      for (TestProver forger : List.of(stranger, mixed)) {
        try (TestLink link = announce(relay, Role.BROKER)) {
          link.send(forger.prove(Role.BROKER, link.awaitChallenge()).toBytes());
          assertThat(link.awaitRejected()).isEqualTo(RejectReason.PROOF_INVALID);
        }
      }
      try (TestLink link = announce(relay, Role.BROKER)) {
        link.send(prover.prove(Role.BRIDGE, link.awaitChallenge()).toBytes());
        assertThat(link.awaitRejected()).isEqualTo(RejectReason.PROOF_INVALID);
      }
      try (TestLink broker = proved(relay, Role.BROKER)) {
        assertThat(broker.awaitPaired()).isEqualTo(waiting.awaitPaired());
      }
    }
  }

  @Test
  void refusesTheProofOfAnotherLink() throws Exception {
    try (TestRelay relay = startPlain(_ -> {});
        TestLink honest = announce(relay, Role.BRIDGE);
        TestLink replaying = announce(relay, Role.BRIDGE)) {
      byte[] proof = prover.prove(Role.BRIDGE, honest.awaitChallenge()).toBytes();
      honest.send(proof);
      honest.awaitWaiting();
      replaying.awaitChallenge();
      replaying.send(proof);
      assertThat(replaying.awaitRejected()).isEqualTo(RejectReason.PROOF_INVALID);
    }
  }

  /// Somebody in the middle hands a challenge on to an honest endpoint, and its proof back.
  @Test
  void refusesTheProofOfAnotherTlsConnection() throws Exception {
    try (TestRelay relay = startTls(_ -> {});
        TestTlsLink middle = announceTls(relay, Role.BRIDGE, false);
        TestTlsLink without = announceTls(relay, Role.BRIDGE, false);
        TestTlsLink elsewhere = TestTlsLink.connect(relay.address())) {
      byte[] nonce = middle.awaitChallenge();
      middle.send(prover.prove(Role.BRIDGE, nonce, elsewhere.exporter()).toBytes());
      assertThat(middle.awaitRejected()).isEqualTo(RejectReason.PROOF_INVALID);
      without.send(prover.prove(Role.BRIDGE, without.awaitChallenge()).toBytes());
      assertThat(without.awaitRejected()).isEqualTo(RejectReason.PROOF_INVALID);
    }
  }

  // ---- time

  @Test
  void timesOutInTheMiddleOfAProof() throws Exception {
    List<TestLink> links = new ArrayList<>();
    try (TestRelay relay = startPlain(settings -> settings.handshakeTimeout = SHORT)) {
      try {
        for (int length : new int[] {0, 1, 16, 400}) {
          TestLink link = announce(relay, Role.BRIDGE);
          links.add(link);
          byte[] proof = prover.prove(Role.BRIDGE, link.awaitChallenge()).toBytes();
          link.send(Arrays.copyOf(proof, length));
        }
        for (TestLink link : links) {
          assertThat(link.awaitRejected()).isEqualTo(RejectReason.HANDSHAKE_TIMEOUT);
        }
      } finally {
        for (TestLink link : links) {
          link.close();
        }
      }
    }
  }

  @Test
  void timesOutInTheMiddleOfAProofInsideTls() throws Exception {
    try (TestRelay relay = startTls(settings -> settings.handshakeTimeout = SHORT);
        TestTlsLink link = announceTls(relay, Role.BRIDGE, false)) {
      link.send(Arrays.copyOf(proofFor(link, Role.BRIDGE), 100));
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.HANDSHAKE_TIMEOUT);
    }
  }

  @Test
  void doesNotTimeOutAProvedLink() throws Exception {
    try (TestRelay relay = startPlain(settings -> settings.handshakeTimeout = SHORT);
        TestLink silent = relay.connect();
        TestLink bridge = proved(relay, Role.BRIDGE)) {
      bridge.awaitWaiting();
      try (TestLink late = relay.connect()) { // is told after as long a time again
        assertThat(silent.awaitRejected()).isEqualTo(RejectReason.HANDSHAKE_TIMEOUT);
        assertThat(late.awaitRejected()).isEqualTo(RejectReason.HANDSHAKE_TIMEOUT);
      }
      try (TestLink broker = proved(relay, Role.BROKER)) {
        assertThat(broker.awaitPaired()).isEqualTo(bridge.awaitPaired());
      }
    }
  }

  // ---- what happens while a proof is verified

  /// One crypto thread, which a handshake holds up: the proof has to wait behind it.
  private void whileVerifying(Consumer<TestSettings> change, Role role, Meanwhile meanwhile)
      throws Exception {
    try (TestRelay relay =
            startTls(
                settings -> {
                  settings.eventLoops = 1;
                  change.accept(settings);
                });
        TestTlsLink link = announceTls(relay, role, true);
        TestTlsLink counterpart = provedTls(relay, role.counterpart(), true);
        TestTlsLink inTheWay = TestTlsLink.withoutHandshake(relay.address())) {
      byte[] proof = proofFor(link, role);
      assertThat(counterpart.receiveFrame()).isEqualTo(new Frame.Waiting());
      identity.holdUp();
      Thread handshake = Thread.ofPlatform().unstarted(() -> tryHandshake(inTheWay));
      handshake.start();
      try {
        identity.awaitHeldUp();
        link.send(proof);
        relay.relay().status(); // by now the proof has been read
        meanwhile.happens(relay, link, counterpart);
      } finally {
        identity.letGo();
        handshake.join();
      }
    }
  }

  private interface Meanwhile {
    void happens(TestRelay relay, TestTlsLink link, TestTlsLink counterpart) throws Exception;
  }

  private static void tryHandshake(TestTlsLink link) {
    try {
      link.tls().startHandshake();
    } catch (IOException e) {
      return; // the relay may have been stopped
    }
  }

  @Test
  void forgetsALinkThatIsResetMeanwhile() throws Exception {
    whileVerifying(
        _ -> {},
        Role.BROKER,
        (relay, link, counterpart) -> {
          link.raw().reset();
          relay.relay().status();
          identity.letGo();
          assertThat(relay.awaitCloseReasons(1)).containsExactly(CloseReason.WITHDRAWN);
          assertThat(relay.relay().status().waitingLinks()).isEqualTo(1);
        });
  }

  @Test
  void passesOnWhatCameMeanwhileAndTheFinBehindIt() throws Exception {
    whileVerifying(
        _ -> {},
        Role.BROKER,
        (_, link, counterpart) -> {
          link.sendCloseNotify();
          link.raw().send(EARLY);
          link.raw().halfClose();
          identity.letGo();
          TestLink raw = switchOver(counterpart);
          assertThat(raw.receive(EARLY.length)).isEqualTo(EARLY);
          assertThat(raw.isAtEnd()).isTrue();
        });
  }

  @Test
  void timesOutWhileItVerifies() throws Exception {
    whileVerifying(
        settings -> settings.handshakeTimeout = SHORT,
        Role.BROKER,
        (relay, link, _) -> {
          assertThat(link.awaitRejected()).isEqualTo(RejectReason.HANDSHAKE_TIMEOUT);
          identity.letGo();
          relay.relay().status();
          assertThat(relay.relay().status().waitingLinks()).isEqualTo(1);
        });
  }

  @Test
  void canBeStoppedWhileItVerifies() throws Exception {
    whileVerifying(
        _ -> {},
        Role.BROKER,
        (relay, link, counterpart) -> {
          Thread stopping = Thread.ofPlatform().start(relay::stop);
          assertThat(link.raw().isReset()).isTrue();
          assertThat(counterpart.raw().isReset()).isTrue();
          identity.letGo(); // what is being computed is waited for
          stopping.join();
        });
  }

  // ---- many

  @Test
  void servesHonestPairsInAFloodOfBadProofs() throws Exception {
    int pairs = 200;
    int forgeries = 2_000;
    TestProver stranger = TestProver.create();
    TestProver forger = new TestProver(prover.ca(), stranger.leaf());
    List<TestLink> links = new ArrayList<>();
    try (TestRelay relay = startPlain(_ -> {})) {
      try (ExecutorService flood = Executors.newFixedThreadPool(4)) {
        for (int i = 0; i < pairs; i++) {
          openPair(relay, links);
        }
        List<Future<RejectReason>> answers = new ArrayList<>();
        for (int i = 0; i < forgeries; i++) {
          answers.add(flood.submit(() -> forge(relay, forger)));
        }
        for (int i = 0; i < 2 * pairs; i += 2) {
          exchange(links.get(i), links.get(i + 1));
        }
        openPair(relay, links);
        for (Future<RejectReason> answer : answers) {
          assertThat(answer.get()).isEqualTo(RejectReason.PROOF_INVALID);
        }
        for (int i = 0; i < links.size(); i += 2) {
          exchange(links.get(i), links.get(i + 1));
        }
      } finally {
        for (TestLink link : links) {
          link.close();
        }
      }
    }
  }

  private void openPair(TestRelay relay, List<TestLink> links) throws Exception {
    TestLink bridge = proved(relay, Role.BRIDGE);
    links.add(bridge);
    bridge.awaitWaiting();
    TestLink broker = proved(relay, Role.BROKER);
    links.add(broker);
    assertThat(broker.awaitPaired()).isEqualTo(bridge.awaitPaired());
  }

  private RejectReason forge(TestRelay relay, TestProver forger) throws Exception {
    try (TestLink link = announce(relay, Role.BROKER)) {
      link.send(forger.prove(Role.BROKER, link.awaitChallenge()).toBytes());
      return link.awaitRejected();
    }
  }
}
