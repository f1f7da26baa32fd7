package org.beaconrelay.server.splice;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Random;
import org.beaconrelay.server.linux.Loopback;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.splice.Flow.Side;
import org.beaconrelay.server.splice.Flow.State;
import org.beaconrelay.server.splice.SpliceRig.RiggedPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

@ParameterizedClass(name = "copy = {0}")
@ValueSource(booleans = {false, true})
final class SpliceTest {
  private static final int ECONNRESET = 104;

  private final boolean copy;
  private final SpliceRig rig;
  private final RiggedPair pair;

  SpliceTest(boolean copy) {
    this.copy = copy;
    this.rig = new SpliceRig(copy, 16);
    this.pair = rig.pair();
  }

  @AfterEach
  void close() {
    rig.close();
    assertThat(rig.pipes.count()).isZero();
  }

  @Test
  void movesBytesBothWays() {
    pair.start();
    SpliceRig.send(pair.bridge, ascii("question"));
    assertThat(rig.receive(pair.broker, 8)).isEqualTo(ascii("question"));
    SpliceRig.send(pair.broker, ascii("answer"));
    assertThat(rig.receive(pair.bridge, 6)).isEqualTo(ascii("answer"));
  }

  @Test
  void movesWhatIsThereBeforeItStarts() {
    SpliceRig.send(pair.bridge, ascii("early"));
    SpliceRig.sendFin(pair.bridge);
    pair.start();
    assertThat(rig.receiveAll(pair.broker)).isEqualTo(ascii("early"));
  }

  @Test
  void movesManySmallSegments() {
    pair.start();
    byte[] bytes = random(1_000 * 23);
    for (int i = 0; i < bytes.length; i += 23) {
      SpliceRig.send(pair.bridge, Arrays.copyOfRange(bytes, i, i + 23));
    }
    assertThat(rig.receive(pair.broker, bytes.length)).isEqualTo(bytes);
  }

  @Test
  void movesMoreThanAnyBufferHolds() {
    pair.start().relayAll(16 << 20);
    assertThat(pair.splice.toBroker().deliveredBytes()).isGreaterThanOrEqualTo(16 << 20);
  }

  @Test
  void passesABridgesFinOnBehindTheLastByte() {
    passesFinOn(pair.bridge, pair.broker);
    assertThat(pair.splice.toBroker().state()).isEqualTo(State.SHUT);
    assertThat(pair.splice.toBridge().state()).isEqualTo(State.OPEN);
  }

  @Test
  void passesABrokersFinOnBehindTheLastByte() {
    passesFinOn(pair.broker, pair.bridge);
    assertThat(pair.splice.toBridge().state()).isEqualTo(State.SHUT);
    assertThat(pair.splice.toBroker().state()).isEqualTo(State.OPEN);
  }

  private void passesFinOn(SocketChannel from, SocketChannel to) {
    pair.start();
    byte[] bytes = random(100_000);
    SpliceRig.send(from, bytes);
    SpliceRig.sendFin(from);
    assertThat(rig.receiveAll(to)).isEqualTo(bytes);
    assertThat(pair.halfClosedCount).isEqualTo(1);
    assertThat(pair.endedCount).isZero();
  }

  @Test
  void passesAFinOnThatFollowsNothing() {
    pair.start();
    SpliceRig.sendFin(pair.broker);
    assertThat(rig.receiveAll(pair.bridge)).isEmpty();
    assertThat(pair.splice.isHalfClosed()).isTrue();
  }

  @Test
  void keepsTheOtherDirectionOpenBehindAFin() {
    pair.start();
    SpliceRig.sendFin(pair.bridge);
    assertThat(rig.receiveAll(pair.broker)).isEmpty();
    byte[] bytes = random(50_000);
    SpliceRig.send(pair.broker, bytes);
    assertThat(rig.receive(pair.bridge, bytes.length)).isEqualTo(bytes);
  }

  @Test
  void endsOnceBothFinsWerePassedOn() {
    pair.start();
    SpliceRig.sendFin(pair.bridge);
    rig.receiveAll(pair.broker);
    SpliceRig.sendFin(pair.broker);
    assertThat(rig.receiveAll(pair.bridge)).isEmpty();
    rig.work();
    assertThat(pair.halfClosedCount).isEqualTo(1);
    assertThat(pair.endedCount).isEqualTo(1);
    assertThat(rig.pipes.leasedCount()).isZero();
  }

  @Test
  void passesAFinOnOnlyOnceASlowReaderHasEverything() {
    pair.start().stall();
    SpliceRig.sendFin(pair.bridge);
    rig.work();
    assertThat(pair.splice.toBroker().isOver()).isFalse();
    pair.relayAll(0);
    assertThat(rig.receiveAll(pair.broker)).isEmpty();
  }

  @Test
  void holdsOnePipeForASlowReader() {
    pair.start().stall();
    assertThat(rig.pipes.leasedCount()).isEqualTo(1);
    assertThat(pair.splice.toBroker().inPipeBytes()).isPositive();
    pair.relayAll(0);
    assertThat(rig.pipes.leasedCount()).isZero();
  }

  /// Nobody waits for the bridge while the broker takes nothing: its segments are no news.
  @Test
  void hearsNoMoreOfTheSourceOfASlowReader() {
    pair.start().fillPipe();
    long before = rig.reportCount;
    for (int i = 0; i < 20; i++) {
      pair.bridgeSendsIfItCan(100);
      rig.work();
    }
    assertThat(rig.reportCount - before).isLessThanOrEqualTo(1);
    pair.relayAll(1 << 20);
  }

  /// A socket that was full once is not reported as writable together with every message from then
  /// on.
  @Test
  void hearsOnlyOfWhatItWaitsFor() {
    pair.start().stall();
    pair.relayAll(0);
    rig.work();
    for (int i = 0; i < 3; i++) { // lets go of what it waited for
      SpliceRig.send(pair.broker, ascii("x"));
      rig.receive(pair.bridge, 1);
      rig.work();
    }
    long before = rig.reportCount;
    for (int i = 0; i < 100; i++) {
      SpliceRig.send(pair.broker, ascii("x"));
      rig.receive(pair.bridge, 1);
      rig.work();
    }
    assertThat(rig.reportCount - before).isLessThanOrEqualTo(100);
  }

  @Test
  void movesTheOtherWayPastASlowReader() {
    pair.start().stall();
    SpliceRig.send(pair.broker, ascii("still here"));
    assertThat(rig.receive(pair.bridge, 10)).isEqualTo(ascii("still here"));
  }

  @Test
  void holdsNoPipeWhileNothingMoves() {
    pair.start();
    SpliceRig.send(pair.bridge, ascii("x"));
    rig.receive(pair.broker, 1);
    assertThat(rig.pipes.leasedCount()).isZero();
  }

  @Test
  void endsWhenTheBridgeResets() {
    pair.start();
    Loopback.reset(pair.bridge);
    endsWithReset(pair.splice.toBroker(), pair.splice.toBridge());
  }

  @Test
  void endsWhenTheBrokerResets() {
    pair.start();
    Loopback.reset(pair.broker);
    endsWithReset(pair.splice.toBridge(), pair.splice.toBroker());
  }

  @Test
  void endsWhenASlowReaderResets() {
    pair.start().stall();
    Loopback.reset(pair.broker);
    endsWithReset(pair.splice.toBridge(), pair.splice.toBroker());
  }

  @Test
  void endsWhenTheSourceOfASlowReaderResets() {
    pair.start().stall();
    Loopback.reset(pair.bridge);
    endsWithReset(pair.splice.toBroker(), pair.splice.toBridge());
  }

  private void endsWithReset(Flow from, Flow to) {
    rig.workUntil(() -> pair.endedCount > 0);
    rig.work();
    assertThat(pair.endedCount).isEqualTo(1);
    assertThat(from.state()).isEqualTo(State.FAILED);
    assertThat(from.failedSide()).isEqualTo(Side.SOURCE);
    assertThat(from.errno()).isEqualTo(ECONNRESET);
    assertThat(to.state()).isEqualTo(State.FAILED);
    assertThat(to.failedSide()).isEqualTo(Side.SINK);
    assertThat(rig.pipes.leasedCount()).isZero();
  }

  @Test
  void endsWhenTheBridgeResetsBehindItsFin() {
    pair.start();
    SpliceRig.sendFin(pair.bridge);
    rig.receiveAll(pair.broker);
    Loopback.reset(pair.bridge);
    SpliceRig.send(pair.broker, ascii("too late"));
    rig.workUntil(() -> pair.endedCount > 0);
    assertThat(pair.splice.toBroker().state()).isEqualTo(State.SHUT);
    assertThat(pair.splice.toBridge().state()).isEqualTo(State.FAILED);
    assertThat(pair.splice.toBridge().failedSide()).isEqualTo(Side.SINK);
  }

  /// Whoever meets a socket's error first takes it away, and behind it is what looks like a FIN.
  @Test
  void passesNoFinOnBehindAResetThatASendHasMet() {
    SpliceRig.send(pair.bridge, ascii("question"));
    Loopback.reset(pair.broker);
    pair.start();
    rig.workUntil(() -> pair.endedCount > 0);
    assertThat(pair.splice.toBroker().state()).isEqualTo(State.FAILED);
    assertThat(pair.splice.toBroker().failedSide()).isEqualTo(Side.SINK);
    assertThat(pair.splice.toBridge().state()).isEqualTo(State.OPEN);
    assertThat(pair.halfClosedCount).isZero();
  }

  /// shutdown(2) says no more than that there is no connection.
  @Test
  void saysWhyAFinCannotBePassedOn() {
    Loopback.reset(pair.broker);
    SpliceRig.sendFin(pair.bridge);
    pair.start();
    rig.workUntil(() -> pair.endedCount > 0);
    assertThat(pair.splice.toBroker().state()).isEqualTo(State.FAILED);
    assertThat(pair.splice.toBroker().failedSide()).isEqualTo(Side.SINK);
    assertThat(pair.splice.toBroker().errno()).isEqualTo(ECONNRESET);
  }

  @Test
  void countsBytesForEachDirection() {
    pair.start();
    SpliceRig.send(pair.bridge, random(300));
    rig.receive(pair.broker, 300);
    SpliceRig.send(pair.broker, random(500));
    rig.receive(pair.bridge, 500);
    assertThat(rig.counters.get(Counter.BYTES_TO_BROKER)).isEqualTo(300);
    assertThat(rig.counters.get(Counter.BYTES_TO_BRIDGE)).isEqualTo(500);
    assertThat(rig.counters.get(Counter.BYTES_COPIED)).isEqualTo(copy ? 800 : 0);
  }

  @Test
  void remembersWhenAByteWasMovedLast() {
    pair.start();
    long beforeNs = pair.splice.lastMovedNs();
    rig.work();
    assertThat(pair.splice.lastMovedNs()).isEqualTo(beforeNs);
    SpliceRig.send(pair.bridge, ascii("x"));
    rig.receive(pair.broker, 1);
    assertThat(pair.splice.lastMovedNs()).isGreaterThan(beforeNs);
  }

  @Test
  void givesEverythingBackWhenItIsClosed() {
    pair.start().stall();
    pair.splice.close();
    pair.splice.close();
    assertThat(rig.pipes.leasedCount()).isZero();
    pair.splice.onBridgeReady(1, 0);
    assertThat(rig.pipes.leasedCount()).isZero();
    assertThat(pair.endedCount).isZero();
  }

  @Test
  void comesToRestBehindAnUrgentByte() throws IOException {
    pair.start();
    SpliceRig.send(pair.bridge, ascii("before"));
    pair.bridge.socket().sendUrgentData('!');
    SpliceRig.send(pair.bridge, ascii("behind"));
    assertThat(rig.receive(pair.broker, 6)).isEqualTo(ascii("before"));
    rig.work();
    SpliceRig.sendFin(pair.bridge);
    rig.work();
    Loopback.reset(pair.bridge);
    rig.workUntil(() -> pair.endedCount > 0);
  }

  @Test
  void endsNoStreamBeforeTheBytesBehindAnUrgentByte() throws IOException {
    pair.start();
    SpliceRig.send(pair.bridge, ascii("before"));
    pair.bridge.socket().sendUrgentData('!');
    SpliceRig.send(pair.bridge, ascii("behind"));
    SpliceRig.sendFin(pair.bridge);
    rig.workUntil(() -> pair.halfClosedCount + pair.endedCount > 0);
    if (pair.splice.toBroker().state() == State.SHUT) {
      assertThat(rig.receiveAll(pair.broker)).isEqualTo(ascii("beforebehind"));
    } else {
      assertThat(pair.endedCount).isEqualTo(1);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }
}
