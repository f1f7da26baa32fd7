package org.beaconrelay.server.splice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.beaconrelay.server.linux.Loopback;
import org.beaconrelay.server.splice.SpliceRig.RiggedPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A bulk flow among others lets bytes gather; any other flow is never kept waiting.
final class RestTest {
  /// Worth a rest, and less than the rig's pipes hold.
  private static final int CHUNK_BYTES = 40_000;

  private static final int BULK_BYTES = 256 << 10;

  private final SpliceRig rig = SpliceRig.roomy();
  private final RiggedPair pair = rig.pair().start();
  private final RiggedPair other = rig.pair().start();

  @BeforeEach
  void haveCompany() throws IOException {
    for (long sent = 0; sent < 2 * BULK_BYTES; sent += CHUNK_BYTES) {
      assertThat(sendChunk(other, CHUNK_BYTES)).isEqualTo(CHUNK_BYTES);
    }
    assertThat(rig.someoneRests()).as("it was alone").isFalse();
  }

  @AfterEach
  void close() {
    rig.close();
  }

  /// @return bytes that the broker has by then
  private long sendChunksUntilItRests() throws IOException {
    long receivedBytes = 0;
    while (!rig.someoneRests()) {
      assertThat(receivedBytes).isLessThan(2 * BULK_BYTES);
      receivedBytes += sendChunk(CHUNK_BYTES);
    }
    return receivedBytes;
  }

  private long sendChunk(int bytes) throws IOException {
    return sendChunk(pair, bytes);
  }

  private long sendChunk(RiggedPair through, int bytes) throws IOException {
    SpliceRig.send(through.bridge, new byte[bytes]);
    rig.work();
    return readWhatIsThere(through);
  }

  private long readWhatIsThere() throws IOException {
    return readWhatIsThere(pair);
  }

  private long readWhatIsThere(RiggedPair through) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(1 << 20);
    while (through.broker.read(buffer) > 0) {
      rig.work();
    }
    return buffer.position();
  }

  @Test
  void deliversWhatItTookBeforeItRests() throws IOException {
    long receivedBytes = sendChunksUntilItRests();
    assertThat(receivedBytes).isGreaterThanOrEqualTo(BULK_BYTES);
    assertThat(pair.splice.toBroker().deliveredBytes()).isEqualTo(receivedBytes);
    assertThat(rig.pipes.leasedCount()).isZero();
  }

  @Test
  void takesNothingWhileItRestsAndEverythingAfter() throws IOException {
    sendChunksUntilItRests();
    assertThat(sendChunk(CHUNK_BYTES)).isZero();
    assertThat(sendChunk(1)).isZero();
    rig.endRests();
    rig.work();
    assertThat(readWhatIsThere()).isEqualTo(CHUNK_BYTES + 1);
  }

  @Test
  void isNotWokenByWhatArrivesWhileItRests() throws IOException {
    sendChunksUntilItRests();
    sendChunk(1000); // reported once, and then not listened to
    long reportsBefore = rig.reportCount;
    for (int i = 0; i < 10; i++) {
      sendChunk(1000);
    }
    assertThat(rig.reportCount).isEqualTo(reportsBefore);
  }

  @Test
  void restsOnlyInTurnWithOthers() throws IOException {
    sendChunksUntilItRests();
    rig.endRests();
    for (int i = 0; i < 20; i++) {
      assertThat(sendChunk(CHUNK_BYTES)).isEqualTo(CHUNK_BYTES);
    }
    assertThat(sendChunk(other, CHUNK_BYTES)).isEqualTo(CHUNK_BYTES);
    assertThat(rig.someoneRests()).isTrue();
    assertThat(sendChunk(other, CHUNK_BYTES)).isZero();
  }

  @Test
  void neverRestsBesideOneThatIsGone() throws IOException {
    other.splice.close();
    for (long sent = 0; sent < 2 * BULK_BYTES; sent += CHUNK_BYTES) {
      assertThat(sendChunk(CHUNK_BYTES)).isEqualTo(CHUNK_BYTES);
    }
    assertThat(rig.someoneRests()).isFalse();
  }

  @Test
  void neverRestsBehindSmallFills() throws IOException {
    int bytes = 16_384;
    for (long sent = 0; sent < 4 * BULK_BYTES; sent += bytes) {
      assertThat(sendChunk(bytes)).isEqualTo(bytes);
    }
    assertThat(rig.someoneRests()).isFalse();
  }

  @Test
  void neverRestsBehindAFullPipe() throws IOException {
    pair.relayAll(BULK_BYTES);
    rig.endRests();
    rig.work();
    readWhatIsThere();
    sendChunk(other, CHUNK_BYTES);
    rig.endRests();
    rig.work();
    readWhatIsThere(other);
    SpliceRig.send(pair.bridge, new byte[2 * SpliceRig.PIPE_BYTES]);
    rig.work();
    assertThat(rig.someoneRests()).isFalse();
    assertThat(readWhatIsThere()).isEqualTo(2L * SpliceRig.PIPE_BYTES);
  }

  @Test
  void neverRestsWhereThereAreAnswers() throws IOException {
    for (int i = 0; i < 20; i++) {
      assertThat(sendChunk(CHUNK_BYTES)).isEqualTo(CHUNK_BYTES);
      SpliceRig.send(pair.broker, new byte[1]);
      rig.receive(pair.bridge, 1);
    }
    assertThat(rig.someoneRests()).isFalse();
  }

  @Test
  void letsTheOtherDirectionPassWhileItRests() throws IOException {
    sendChunksUntilItRests();
    SpliceRig.send(pair.broker, new byte[] {7});
    rig.work();
    ByteBuffer answer = ByteBuffer.allocate(2);
    pair.bridge.read(answer);
    assertThat(answer.position()).isOne();
    assertThat(rig.someoneRests()).isTrue();
  }

  @Test
  void passesOnAFinThatCameWhileItRested() throws IOException {
    sendChunksUntilItRests();
    SpliceRig.send(pair.bridge, new byte[] {1, 2, 3});
    SpliceRig.sendFin(pair.bridge);
    rig.work();
    rig.endRests();
    assertThat(rig.receiveAll(pair.broker)).containsExactly(1, 2, 3);
    assertThat(pair.splice.isHalfClosed()).isTrue();
  }

  @Test
  void endsAtOnceWithAResetThatCameWhileItRested() throws IOException {
    sendChunksUntilItRests();
    Loopback.reset(pair.bridge);
    rig.work();
    assertThat(pair.endedCount).isOne();
    rig.endRests();
    rig.work();
    assertThat(pair.endedCount).isOne();
  }
}
