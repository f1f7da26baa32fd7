package org.beaconrelay.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.Patience;
import org.beaconrelay.testing.ProcessFigures;
import org.beaconrelay.testing.Seeded;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestProver;
import org.beaconrelay.testing.TestTlsLink;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Links that keep their outer TLS on (TUNNEL, PROTOCOL.md, section 6).
@ExtendWith(Seeded.class)
@Timeout(120)
final class TunnelIT {
  private static final byte[] QUESTION = "question".getBytes(US_ASCII);
  private static final byte[] ANSWER = "answer".getBytes(US_ASCII);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int RECORD_CONTENT_BYTES = 1 << 14;
  private static final int MANY_BYTES = 3_000_001;
  private static final int REST_SECONDS = 3;

  private static SSLContext identity;

  private final InfoHash infoHash = InfoHashes.random();

  @BeforeAll
  static void makeIdentity() throws Exception {
    identity = TestIdentity.make("relay");
  }

  private static TestRelay start() throws Exception {
    return start(_ -> {});
  }

  private static TestRelay start(Consumer<TestSettings> change) throws Exception {
    return TestRelay.start(
        settings -> {
          settings.outerTls = () -> identity;
          settings.tunnel = true;
          change.accept(settings);
        });
  }

  private Announce tunnel(Role role) {
    return new Announce(role, false, true, false, infoHash, 0);
  }

  private TestTlsLink waitingTunnel(TestRelay relay, Role role) throws Exception {
    TestTlsLink link = TestTlsLink.announce(relay.address(), tunnel(role));
    assertThat(link.receiveFrame()).isEqualTo(new Frame.Waiting());
    return link;
  }

  /// A pair of which the bridge keeps its TLS on and has every record in hand. The broker's is
  /// taken off.
  private final class MixedPair implements AutoCloseable {
    final RecordLink bridge;
    final TestLink broker;

    MixedPair(TestRelay relay) throws Exception {
      bridge = RecordLink.announce(relay.address(), tunnel(Role.BRIDGE));
      assertThat(bridge.receiveFrame()).isEqualTo(new Frame.Waiting());
      broker = switchedOver(relay, Role.BROKER);
      bridge.awaitPaired();
    }

    @Override
    public void close() throws IOException {
      bridge.close();
      broker.close();
    }
  }

  /// A link that finds its counterpart waiting and takes its outer TLS off.
  private TestLink switchedOver(TestRelay relay, Role role) throws Exception {
    TestTlsLink link =
        TestTlsLink.announce(relay.address(), new Announce(role, true, false, false, infoHash, 0));
    link.sendCloseNotify();
    link.awaitPaired();
    link.awaitCloseNotify();
    return link.raw();
  }

  private static byte[] randomBytes(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static FutureTask<Boolean> inBackground(ThrowingRunnable action) {
    FutureTask<Boolean> task =
        new FutureTask<>(
            () -> {
              action.run();
              return true;
            });
    Thread.ofPlatform().start(task);
    return task;
  }

  private interface ThrowingRunnable {
    void run() throws Exception;
  }

  // ---- as it should be

  @ParameterizedTest
  @EnumSource
  void pairsWithALinkThatHasSwitchedOver(Role role) throws Exception {
    Role other = role == Role.BRIDGE ? Role.BROKER : Role.BRIDGE;
    try (TestRelay relay = start();
        TestTlsLink inside = waitingTunnel(relay, role);
        TestLink raw = switchedOver(relay, other)) {
      inside.awaitPaired();
      raw.send(QUESTION);
      assertThat(inside.receive(QUESTION.length)).isEqualTo(QUESTION);
      inside.send(ANSWER);
      assertThat(raw.receive(ANSWER.length)).isEqualTo(ANSWER);
      inside.close();
      raw.close();
      assertThat(relay.awaitRecords(2))
          .extracting(LinkRecord::role, LinkRecord::bytesFrom, LinkRecord::bytesTo)
          .containsExactlyInAnyOrder(tuple(role, 6L, 8L), tuple(other, 8L, 6L));
      assertThat(relay.relay().count(Counter.BYTES_COPIED)).isEqualTo(14);
    }
  }

  @Test
  void holdsNoBufferWhileNothingIsOnItsWay() throws Exception {
    try (TestRelay relay = start();
        MixedPair pair = new MixedPair(relay)) {
      pair.broker.send(QUESTION);
      assertThat(pair.bridge.receive(QUESTION.length)).isEqualTo(QUESTION);
      Patience.until(
          PATIENCE, "no pipe is leased", () -> relay.relay().status().leasedPipes() == 0);
      Patience.until(PATIENCE, "there are no pipes", () -> relay.relay().status().pipes() == 0);
      pair.broker.send(ANSWER);
      assertThat(pair.bridge.receive(ANSWER.length)).isEqualTo(ANSWER);
    }
  }

  @Test
  void pairsWithAnotherThatKeepsItsTlsOn() throws Exception {
    try (TestRelay relay = start();
        TestTlsLink bridge = waitingTunnel(relay, Role.BRIDGE);
        TestTlsLink broker = TestTlsLink.announce(relay.address(), tunnel(Role.BROKER))) {
      assertThat(bridge.awaitPaired()).isEqualTo(broker.awaitPaired());
      broker.send(QUESTION);
      assertThat(bridge.receive(QUESTION.length)).isEqualTo(QUESTION);
      bridge.send(ANSWER);
      assertThat(broker.receive(ANSWER.length)).isEqualTo(ANSWER);
      bridge.close();
      broker.close();
      relay.awaitRecords(2);
      assertThat(relay.relay().count(Counter.BYTES_COPIED)).isEqualTo(14);
    }
  }

  @Test
  void doesNotCountWhatPairsWithoutTlsMoveAsCopied() throws Exception {
    try (TestRelay relay = start()) {
      TestTlsLink bridge =
          TestTlsLink.announce(
              relay.address(), new Announce(Role.BRIDGE, true, false, false, infoHash, 0));
      bridge.sendCloseNotify();
      try (TestLink broker = switchedOver(relay, Role.BROKER)) {
        broker.send(QUESTION);
        bridge.awaitPaired();
        bridge.awaitCloseNotify();
        assertThat(bridge.raw().receive(QUESTION.length)).isEqualTo(QUESTION);
        assertThat(relay.relay().count(Counter.BYTES_COPIED)).isZero();
      }
      bridge.close();
    }
  }

  @Test
  void saysThatATunnelNeedsOuterTls() throws Exception {
    try (TestRelay relay = TestRelay.start(settings -> settings.tunnel = true);
        TestLink link = relay.connect()) {
      link.send(tunnel(Role.BRIDGE).toBytes());
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.BAD_FLAGS);
    }
  }

  @Test
  void movesMebibytesEachWayAtOnce() throws Exception {
    long bytes = 64L << 20;
    try (TestRelay relay = start();
        TestTlsLink bridge = waitingTunnel(relay, Role.BRIDGE);
        TestTlsLink broker = TestTlsLink.announce(relay.address(), tunnel(Role.BROKER))) {
      bridge.awaitPaired();
      broker.awaitPaired();
      FutureTask<Boolean> toBroker = inBackground(() -> sendPattern(bridge, 1, bytes));
      FutureTask<Boolean> toBridge = inBackground(() -> sendPattern(broker, 2, bytes));
      FutureTask<Boolean> atBridge = inBackground(() -> receivePattern(bridge, 2, bytes));
      receivePattern(broker, 1, bytes);
      assertThat(atBridge.get()).isTrue();
      assertThat(toBroker.get()).isTrue();
      assertThat(toBridge.get()).isTrue();
      assertThat(relay.awaitRecords(2))
          .extracting(LinkRecord::bytesFrom, LinkRecord::bytesTo, LinkRecord::reason)
          .containsOnly(tuple(bytes, bytes, CloseReason.COMPLETED));
      assertThat(relay.relay().count(Counter.BYTES_COPIED)).isEqualTo(2 * bytes);
    }
  }

  private static void sendPattern(TestTlsLink link, long seed, long bytes) throws Exception {
    OutputStream out = link.tls().getOutputStream();
    Random random = new Random(seed);
    byte[] chunk = new byte[50_000];
    for (long left = bytes; left > 0; left -= Math.min(left, chunk.length)) {
      random.nextBytes(chunk);
      out.write(chunk, 0, (int) Math.min(left, chunk.length));
    }
    link.sendCloseNotify();
  }

  private static void receivePattern(TestTlsLink link, long seed, long bytes) throws Exception {
    InputStream in = link.tls().getInputStream();
    Random random = new Random(seed);
    byte[] chunk = new byte[50_000];
    for (long left = bytes; left > 0; left -= Math.min(left, chunk.length)) {
      int length = (int) Math.min(left, chunk.length);
      random.nextBytes(chunk);
      if (!Arrays.equals(in.readNBytes(length), 0, length, chunk, 0, length)) {
        throw new IOException("another byte came than was sent");
      }
    }
    link.awaitCloseNotify();
  }

  // ---- slow readers

  @Test
  void takesNoMoreFromASwitchedOverLinkThanASlowReaderInsideTlsAllows(Random random)
      throws Exception {
    byte[] sent = randomBytes(random, 32 << 20);
    try (TestRelay relay = start();
        MixedPair pair = new MixedPair(relay)) {
      int first = writeWhatGoes(pair.broker.channel(), sent);
      assertThat(first).isLessThan(sent.length);
      assertThat(relay.relay().status().leasedPipes()).isEqualTo(1);
      FutureTask<Boolean> sender =
          inBackground(() -> pair.broker.send(Arrays.copyOfRange(sent, first, sent.length)));
      assertThat(pair.bridge.receive(sent.length)).isEqualTo(sent);
      assertThat(sender.get()).isTrue();
    }
  }

  @Test
  void takesNoMoreFromInsideTlsThanASlowReaderAllows(Random random) throws Exception {
    byte[] sent = randomBytes(random, 32 << 20);
    try (TestRelay relay = start();
        MixedPair pair = new MixedPair(relay)) {
      byte[] records = sealAll(pair.bridge, sent);
      int first = writeWhatGoes(pair.bridge.raw().channel(), records);
      assertThat(first).isLessThan(records.length);
      assertThat(relay.relay().status().leasedPipes()).isEqualTo(1);
      FutureTask<Boolean> sender =
          inBackground(
              () -> pair.bridge.raw().send(Arrays.copyOfRange(records, first, records.length)));
      assertThat(pair.broker.receive(sent.length)).isEqualTo(sent);
      assertThat(sender.get()).isTrue();
    }
  }

  private static byte[] sealAll(RecordLink link, byte[] bytes) throws IOException {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    for (int offset = 0; offset < bytes.length; offset += RECORD_CONTENT_BYTES) {
      int end = Math.min(bytes.length, offset + RECORD_CONTENT_BYTES);
      records.writeBytes(link.seal(Arrays.copyOfRange(bytes, offset, end)));
    }
    return records.toByteArray();
  }

  /// Writes until nobody takes more, not even a moment later.
  private static int writeWhatGoes(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer source = ByteBuffer.wrap(bytes);
    channel.configureBlocking(false);
    int refusals = 0;
    while (refusals < 100 && source.hasRemaining()) {
      if (channel.write(source) == 0) {
        refusals++;
        LockSupport.parkNanos(1_000_000);
      } else {
        refusals = 0;
      }
    }
    channel.configureBlocking(true);
    return source.position();
  }

  // ---- records

  @Test
  void takesARecordThatComesByteByByte() throws Exception {
    try (TestRelay relay = start();
        MixedPair pair = new MixedPair(relay)) {
      for (byte each : pair.bridge.seal(QUESTION)) {
        pair.bridge.raw().send(each);
      }
      assertThat(pair.broker.receive(QUESTION.length)).isEqualTo(QUESTION);
    }
  }

  @Test
  void takesAllRecordsOfASegment() throws Exception {
    try (TestRelay relay = start();
        MixedPair pair = new MixedPair(relay)) {
      ByteArrayOutputStream segment = new ByteArrayOutputStream();
      byte[] sent = new byte[500];
      for (int i = 0; i < sent.length; i++) {
        sent[i] = (byte) i;
        segment.writeBytes(pair.bridge.seal((byte) i));
      }
      segment.writeBytes(pair.bridge.sealCloseNotify());
      pair.bridge.raw().send(segment.toByteArray());
      assertThat(pair.broker.receive(sent.length)).isEqualTo(sent);
      assertThat(pair.broker.isAtEnd()).isTrue();
    }
  }

  // ---- ends

  @Test
  void passesCloseNotifyOnAsAFinBehindTheLastByte(Random random) throws Exception {
    byte[] sent = randomBytes(random, MANY_BYTES);
    try (TestRelay relay = start();
        MixedPair pair = new MixedPair(relay)) {
      FutureTask<Boolean> sender =
          inBackground(
              () -> {
                pair.bridge.raw().send(sealAll(pair.bridge, sent));
                pair.bridge.raw().send(pair.bridge.sealCloseNotify());
              });
      assertThat(pair.broker.receive(sent.length)).isEqualTo(sent);
      assertThat(pair.broker.isAtEnd()).isTrue();
      assertThat(sender.get()).isTrue();
      // The other direction goes on.
      pair.broker.send(ANSWER);
      assertThat(pair.bridge.receive(ANSWER.length)).isEqualTo(ANSWER);
      pair.broker.halfClose();
      assertThat(pair.bridge.isCloseNotified()).isTrue();
      assertThat(pair.bridge.raw().isAtEnd()).isTrue();
      assertThat(relay.awaitCloseReasons(2)).containsOnly(CloseReason.COMPLETED);
    }
  }

  @Test
  void passesAFinOnAsCloseNotifyAndFinBehindTheLastByte(Random random) throws Exception {
    byte[] sent = randomBytes(random, MANY_BYTES);
    try (TestRelay relay = start();
        MixedPair pair = new MixedPair(relay)) {
      FutureTask<Boolean> sender =
          inBackground(
              () -> {
                pair.broker.send(sent);
                pair.broker.halfClose();
              });
      assertThat(pair.bridge.receive(sent.length)).isEqualTo(sent);
      assertThat(pair.bridge.isCloseNotified()).isTrue();
      assertThat(pair.bridge.raw().isAtEnd()).isTrue();
      assertThat(sender.get()).isTrue();
      // The other direction goes on.
      pair.bridge.send(ANSWER);
      assertThat(pair.broker.receive(ANSWER.length)).isEqualTo(ANSWER);
      pair.bridge.raw().send(pair.bridge.sealCloseNotify());
      assertThat(pair.broker.isAtEnd()).isTrue();
      assertThat(relay.awaitCloseReasons(2)).containsOnly(CloseReason.COMPLETED);
    }
  }

  @Test
  void takesTheUserCanceledOfALibraryThatClosesAsAnEnd() throws Exception {
    try (TestRelay relay = start();
        TestTlsLink bridge = waitingTunnel(relay, Role.BRIDGE);
        TestLink broker = switchedOver(relay, Role.BROKER)) {
      bridge.awaitPaired();
      bridge.send(QUESTION);
      bridge.tls().close(); // JSSE says user_canceled before its close_notify
      assertThat(broker.receive(QUESTION.length)).isEqualTo(QUESTION);
      assertThat(broker.isAtEnd()).isTrue();
      broker.halfClose();
      assertThat(relay.awaitCloseReasons(2)).containsOnly(CloseReason.COMPLETED);
    }
  }

  @Test
  void finWithoutCloseNotifyResetsThePair() throws Exception {
    try (TestRelay relay = start();
        MixedPair pair = new MixedPair(relay)) {
      pair.bridge.send(QUESTION);
      assertThat(pair.broker.receive(QUESTION.length)).isEqualTo(QUESTION);
      pair.bridge.raw().halfClose();
      assertBroken(relay, pair, CloseReason.TLS_FAILED);
    }
  }

  @Test
  void finInTheMiddleOfARecordResetsThePair() throws Exception {
    try (TestRelay relay = start();
        MixedPair pair = new MixedPair(relay)) {
      byte[] record = pair.bridge.seal(QUESTION);
      pair.bridge.raw().send(Arrays.copyOf(record, record.length - 1));
      pair.bridge.raw().halfClose();
      assertBroken(relay, pair, CloseReason.TLS_FAILED);
    }
  }

  @Test
  void resetResetsThePair() throws Exception {
    try (TestRelay relay = start();
        MixedPair pair = new MixedPair(relay)) {
      pair.bridge.raw().reset();
      assertBroken(relay, pair, CloseReason.RESET);
    }
  }

  @Test
  void resetOfTheCounterpartResetsThePair() throws Exception {
    try (TestRelay relay = start();
        MixedPair pair = new MixedPair(relay)) {
      pair.broker.reset();
      assertThat(pair.bridge.raw().isReset()).isTrue();
      assertThat(relay.awaitRecords(2))
          .extracting(LinkRecord::role, LinkRecord::reason)
          .containsExactlyInAnyOrder(
              tuple(Role.BRIDGE, CloseReason.COUNTERPART_LOST),
              tuple(Role.BROKER, CloseReason.RESET));
    }
  }

  /// The bridge has broken the pair.
  private static void assertBroken(TestRelay relay, MixedPair pair, CloseReason reason)
      throws IOException {
    assertThat(pair.broker.isReset()).isTrue();
    assertThat(relay.awaitRecords(2))
        .extracting(LinkRecord::role, LinkRecord::reason)
        .containsExactlyInAnyOrder(
            tuple(Role.BRIDGE, reason), tuple(Role.BROKER, CloseReason.COUNTERPART_LOST));
  }

  // ---- rest

  /// Whatever state they are in, links that nobody uses cause no wake-ups.
  @Test
  void restsWhereNothingMoves() throws Exception {
    try (TestRelay relay = start();
        MixedPair idle = new MixedPair(relay);
        MixedPair halfClosed = new MixedPair(relay);
        MixedPair halfClosedToo = new MixedPair(relay);
        MixedPair stalled = new MixedPair(relay);
        MixedPair stalledInside = new MixedPair(relay);
        TestTlsLink waiting = waitingTunnel(relay, Role.BROKER)) {
      idle.bridge.send(QUESTION);
      assertThat(idle.broker.receive(QUESTION.length)).isEqualTo(QUESTION);
      halfClosed.bridge.raw().send(halfClosed.bridge.sealCloseNotify());
      assertThat(halfClosed.broker.isAtEnd()).isTrue();
      halfClosedToo.broker.halfClose();
      assertThat(halfClosedToo.bridge.isCloseNotified()).isTrue();
      writeWhatGoes(stalled.broker.channel(), new byte[32 << 20]);
      stalled.broker.halfClose();
      writeWhatGoes(
          stalledInside.bridge.raw().channel(), sealAll(stalledInside.bridge, new byte[32 << 20]));
      waiting.send(QUESTION);
      waiting.send(ANSWER);
      assertThat(shardMs(REST_SECONDS)).isLessThan(10.0 * REST_SECONDS);
    }
  }

  /// CPU time of all shards over some seconds.
  private static double shardMs(int seconds) throws InterruptedException {
    long beforeNs = shardNs();
    TimeUnit.SECONDS.sleep(seconds);
    return (shardNs() - beforeNs) / 1e6;
  }

  private static long shardNs() {
    return ProcessFigures.ofThis().cpuNsByThread().entrySet().stream()
        .filter(thread -> thread.getKey().startsWith("beacon-shard"))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  // ---- early data

  @Test
  void passesOnWhatStandsInTheRecordOfTheAnnounce() throws Exception {
    try (TestRelay relay = start();
        RecordLink bridge = RecordLink.connect(relay.address())) {
      bridge.send(withEarlyData(Role.BRIDGE, QUESTION));
      assertThat(bridge.receiveFrame()).isEqualTo(new Frame.Waiting());
      bridge.send(ANSWER);
      try (TestLink broker = switchedOver(relay, Role.BROKER)) {
        assertThat(broker.receive(QUESTION.length)).isEqualTo(QUESTION);
        assertThat(broker.receive(ANSWER.length)).isEqualTo(ANSWER);
      }
    }
  }

  @Test
  void passesOnEarlyDataOfWhoFindsItsCounterpartWaiting() throws Exception {
    try (TestRelay relay = start();
        RecordLink bridge = RecordLink.announce(relay.address(), tunnel(Role.BRIDGE))) {
      assertThat(bridge.receiveFrame()).isEqualTo(new Frame.Waiting());
      try (RecordLink broker = RecordLink.connect(relay.address())) {
        ByteArrayOutputStream segment = new ByteArrayOutputStream();
        segment.writeBytes(broker.seal(withEarlyData(Role.BROKER, QUESTION)));
        segment.writeBytes(broker.sealCloseNotify());
        broker.raw().send(segment.toByteArray());
        bridge.awaitPaired();
        assertThat(bridge.receive(QUESTION.length)).isEqualTo(QUESTION);
        assertThat(bridge.isCloseNotified()).isTrue();
        bridge.send(ANSWER);
        broker.awaitPaired();
        assertThat(broker.receive(ANSWER.length)).isEqualTo(ANSWER);
      }
    }
  }

  private byte[] withEarlyData(Role role, byte[] earlyData) {
    return together(tunnel(role).toBytes(), earlyData);
  }

  private static byte[] together(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  @Test
  void passesOnWhatStandsInTheRecordOfTheProof() throws Exception {
    TestProver prover = TestProver.create();
    try (TestRelay relay = start(settings -> settings.requireProof = true);
        TestTlsLink bridge = proved(relay, prover, Role.BRIDGE, QUESTION);
        TestTlsLink broker = proved(relay, prover, Role.BROKER, ANSWER)) {
      bridge.awaitPaired();
      broker.awaitPaired();
      assertThat(broker.receive(QUESTION.length)).isEqualTo(QUESTION);
      assertThat(bridge.receive(ANSWER.length)).isEqualTo(ANSWER);
    }
  }

  private static TestTlsLink proved(TestRelay relay, TestProver prover, Role role, byte[] earlyData)
      throws Exception {
    TestTlsLink link =
        TestTlsLink.announce(
            relay.address(), new Announce(role, false, true, true, prover.infoHash(), 0));
    byte[] proof = prover.prove(role, link.awaitChallenge(), link.exporter()).toBytes();
    link.send(together(proof, earlyData));
    return link;
  }

  @Test
  void holdsOneRecordOfEarlyDataAndLeavesTheRestToTheKernel(Random random) throws Exception {
    byte[] sent = randomBytes(random, 32 << 20);
    try (TestRelay relay = start();
        RecordLink bridge = RecordLink.announce(relay.address(), tunnel(Role.BRIDGE))) {
      assertThat(bridge.receiveFrame()).isEqualTo(new Frame.Waiting());
      byte[] records = sealAll(bridge, sent);
      int first = writeWhatGoes(bridge.raw().channel(), records);
      assertThat(first).isLessThan(records.length);
      try (TestLink broker = switchedOver(relay, Role.BROKER)) {
        FutureTask<Boolean> sender =
            inBackground(
                () -> bridge.raw().send(Arrays.copyOfRange(records, first, records.length)));
        assertThat(broker.receive(sent.length)).isEqualTo(sent);
        assertThat(sender.get()).isTrue();
      }
    }
  }

  @Test
  void closeNotifyWhileWaitingWithdraws() throws Exception {
    try (TestRelay relay = start();
        TestTlsLink bridge = waitingTunnel(relay, Role.BRIDGE)) {
      bridge.sendCloseNotify();
      assertThat(relay.awaitCloseReasons(1)).containsExactly(CloseReason.WITHDRAWN);
    }
  }

  @Test
  void finBehindEarlyDataWithdraws() throws Exception {
    try (TestRelay relay = start();
        TestTlsLink bridge = waitingTunnel(relay, Role.BRIDGE)) {
      bridge.send(QUESTION);
      bridge.raw().halfClose();
      assertThat(relay.awaitCloseReasons(1)).containsExactly(CloseReason.WITHDRAWN);
    }
  }

  // ---- abuse

  @Test
  void aSpoiltRecordResetsThePair() throws Exception {
    try (TestRelay relay = start();
        MixedPair pair = new MixedPair(relay)) {
      byte[] record = pair.bridge.seal(QUESTION);
      record[record.length - 1] ^= 1;
      pair.bridge.raw().send(record);
      assertBroken(relay, pair, CloseReason.TLS_FAILED);
    }
  }

  @Test
  void aRecordThatComesTwiceResetsThePair() throws Exception {
    try (TestRelay relay = start();
        MixedPair pair = new MixedPair(relay)) {
      byte[] record = pair.bridge.seal(QUESTION);
      pair.bridge.raw().send(record);
      assertThat(pair.broker.receive(QUESTION.length)).isEqualTo(QUESTION);
      pair.bridge.raw().send(record);
      assertBroken(relay, pair, CloseReason.TLS_FAILED);
    }
  }

  @Test
  void anAlertResetsThePair() throws Exception {
    try (TestRelay relay = start();
        MixedPair pair = new MixedPair(relay)) {
      pair.broker.send(QUESTION);
      pair.bridge.raw().send(pair.bridge.sealAlert());
      assertBroken(relay, pair, CloseReason.TLS_FAILED);
    }
  }

  @Test
  void whatIsNoRecordResetsThePair() throws Exception {
    List<byte[]> none =
        List.of(
            "GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII),
            new byte[] {23, 3, 3, 0x41, 1}, // a byte more than a record may have
            new byte[] {23, 3, 3, 0, 0}, // nothing in it, not even a tag
            new byte[] {24, 3, 3, 0, 1, 0}, // no type of record
            new byte[] {20, 3, 3, 0, 1, 1, 20, 3, 3, 0, 1, 1}, // change_cipher_spec, twice
            new byte[] {22, 3, 3, 0, 4, 1, 0, 0, 0}); // a handshake in the clear
    for (byte[] bytes : none) {
      try (TestRelay relay = start();
          MixedPair pair = new MixedPair(relay)) {
        pair.bridge.raw().send(bytes);
        assertBroken(relay, pair, CloseReason.TLS_FAILED);
      }
    }
  }

  // ---- key updates

  @Test
  void followsKeyUpdatesAndAnswersThem() throws Exception {
    try (TestRelay relay = start();
        OpensslLink bridge = OpensslLink.announce(relay.address(), tunnel(Role.BRIDGE))) {
      assertThat(bridge.receiveFrame()).isEqualTo(new Frame.Waiting());
      bridge.updateKey(true);
      try (TestLink broker = switchedOver(relay, Role.BROKER)) {
        assertThat(bridge.receiveFrame()).isInstanceOf(Frame.Paired.class);
        for (int i = 0; i < 40; i++) {
          bridge.updateKey(i % 2 == 0);
          bridge.send(QUESTION);
          assertThat(broker.receive(QUESTION.length)).isEqualTo(QUESTION);
          broker.send(ANSWER);
          assertThat(bridge.receive(ANSWER.length)).isEqualTo(ANSWER);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void endsAFloodOfKeyUpdates(boolean askingBack) throws Exception {
    try (TestRelay relay = start();
        OpensslLink bridge = OpensslLink.announce(relay.address(), tunnel(Role.BRIDGE))) {
      assertThat(bridge.receiveFrame()).isEqualTo(new Frame.Waiting());
      try (TestLink broker = switchedOver(relay, Role.BROKER)) {
        assertThat(bridge.receiveFrame()).isInstanceOf(Frame.Paired.class);
        for (int i = 0; i < 33; i++) {
          bridge.updateKey(askingBack);
        }
        assertThat(broker.isReset()).isTrue();
        assertThat(relay.awaitCloseReasons(2))
            .containsExactlyInAnyOrder(CloseReason.TLS_FAILED, CloseReason.COUNTERPART_LOST);
      }
    }
  }

  // ---- time

  @Test
  void letsPairsEndWhileItDrains() throws Exception {
    try (TestRelay relay = start()) {
      FutureTask<Boolean> drained = new FutureTask<>(() -> relay.relay().drain());
      try (MixedPair pair = new MixedPair(relay);
          TestTlsLink waiting =
              TestTlsLink.announce(
                  relay.address(),
                  new Announce(Role.BRIDGE, false, true, false, InfoHashes.random(), 0))) {
        assertThat(waiting.receiveFrame()).isEqualTo(new Frame.Waiting());
        Thread.ofPlatform().start(drained);
        assertThat(waiting.awaitRejected()).isEqualTo(RejectReason.DRAINING);
        pair.broker.send(QUESTION);
        assertThat(pair.bridge.receive(QUESTION.length)).isEqualTo(QUESTION);
        pair.broker.halfClose();
        assertThat(pair.bridge.isCloseNotified()).isTrue();
        pair.bridge.raw().send(pair.bridge.sealCloseNotify());
      }
      assertThat(drained.get()).isTrue();
    }
  }

  @Test
  void resetsAPairThatIsIdle() throws Exception {
    try (TestRelay relay = start(settings -> settings.idleTimeout = Duration.ofSeconds(2));
        MixedPair pair = new MixedPair(relay)) {
      assertThat(pair.bridge.raw().isReset()).isTrue();
      assertThat(pair.broker.isReset()).isTrue();
      assertThat(relay.awaitCloseReasons(2)).containsOnly(CloseReason.IDLE_TIMEOUT);
    }
  }

  @Test
  void resetsAPairThatStaysHalfClosed() throws Exception {
    try (TestRelay relay = start(settings -> settings.halfCloseTimeout = Duration.ofSeconds(2));
        MixedPair pair = new MixedPair(relay)) {
      pair.bridge.raw().send(pair.bridge.sealCloseNotify());
      assertThat(pair.broker.isAtEnd()).isTrue();
      assertThat(pair.bridge.raw().isReset()).isTrue();
      assertThat(relay.awaitCloseReasons(2)).containsOnly(CloseReason.HALF_CLOSE_TIMEOUT);
    }
  }
}
