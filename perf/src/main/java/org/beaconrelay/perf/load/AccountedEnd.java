package org.beaconrelay.perf.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.random.RandomGenerator;

/// One end of a pair, which counts what it sends and what it receives.
///
/// **Thread:** that of all ends.
final class AccountedEnd {
  private static final int MAX_CHUNK_BYTES = 64 << 10;

  /// So many chunks in a row, and then others have their turn.
  private static final int TURN_CHUNKS = 16;

  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(MAX_CHUNK_BYTES);
  private static final ByteBuffer IGNORED = ByteBuffer.allocateDirect(MAX_CHUNK_BYTES);

  private final EndScript script;
  private final RandomGenerator random;
  private long sentBytes;
  private long receivedBytes;
  private boolean sentAll;
  private boolean receivedAll;
  private boolean gone;
  private boolean stalled;
  private long stallUntilNs;

  AccountedEnd(EndScript script, RandomGenerator random) {
    this.script = script;
    this.random = random;
  }

  Tally tally() {
    return new Tally(sentBytes, receivedBytes, receivedAll);
  }

  /// Whether it is the one that resets.
  boolean resets() {
    return script.resets();
  }

  /// Its link was reset.
  void onReset() {
    gone = true;
  }

  /// Whether there is nothing left for it to do.
  boolean isOver() {
    return gone || (sentAll && receivedAll);
  }

  /// Whether it does not receive, and will when its time has come.
  boolean isStalled(long nowNs) {
    return stalled && stallUntilNs - nowNs > 0;
  }

  /// What it has to be told of its channel.
  int interest(long nowNs) {
    int reading = receivedAll || isStalled(nowNs) ? 0 : SelectionKey.OP_READ;
    return maySend() ? reading | SelectionKey.OP_WRITE : reading;
  }

  private boolean maySend() {
    return !sentAll && (receivedAll || !script.answers());
  }

  /// Does what it has to do and can do now.
  void advance(SocketChannel channel, long nowNs) throws IOException {
    boolean more = true;
    for (int i = 0; i < TURN_CHUNKS && more; i++) {
      more = receive(channel, nowNs);
    }
    more = true;
    for (int i = 0; i < TURN_CHUNKS && more; i++) {
      more = send(channel);
    }
  }

  /// @return whether there may be more to receive now
  private boolean receive(SocketChannel channel, long nowNs) throws IOException {
    if (receivedAll || isStalled(nowNs)) {
      return false;
    }
    int length = channel.read(IGNORED.clear().limit(chunkBytes()));
    if (length < 0) {
      receivedAll = true;
      return false;
    }
    receivedBytes += length;
    if (!stalled && receivedBytes >= script.stallAfterBytes()) {
      stalled = true;
      stallUntilNs = nowNs + script.stallNs();
    }
    return !IGNORED.hasRemaining();
  }

  /// @return whether there may be more to send now
  private boolean send(SocketChannel channel) throws IOException {
    if (!maySend()) {
      return false;
    }
    long leftBytes = script.sendBytes() - sentBytes;
    ByteBuffer chunk = ZEROS.clear().limit((int) Math.min(leftBytes, chunkBytes()));
    sentBytes += channel.write(chunk);
    if (sentBytes == script.sendBytes()) {
      finishSending(channel);
    }
    return !chunk.hasRemaining();
  }

  private void finishSending(SocketChannel channel) throws IOException {
    sentAll = true;
    if (script.resets()) {
      gone = true;
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.close();
    } else {
      channel.shutdownOutput();
    }
  }

  private int chunkBytes() {
    return 1 + EndScript.upTo(random, MAX_CHUNK_BYTES - 1);
  }
}
