package org.beaconrelay.perf.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// A message on its way through a pair: a number, twice, and zeros. Channels that do not block take
/// and give it bit by bit.
///
/// **Thread:** the one of all parcels.
final class Parcel {
  /// Room for the number, twice.
  static final int MIN_BYTES = 2 * Long.BYTES;

  static final int MAX_BYTES = 1 << 20;

  private static final int RECEIVE_BYTES = 256 << 10;
  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(MAX_BYTES - MIN_BYTES);
  private static final ByteBuffer IGNORED = ByteBuffer.allocateDirect(RECEIVE_BYTES);

  private final long number;
  private final ByteBuffer[] toSend;
  private final ByteBuffer receivedHead = ByteBuffer.allocate(MIN_BYTES);
  private long toReceiveBytes;

  /// @param sizeBytes 0, or [#MIN_BYTES] to [#MAX_BYTES]
  Parcel(long number, int sizeBytes) {
    this.number = number;
    int headBytes = Math.min(MIN_BYTES, sizeBytes);
    ByteBuffer head = ByteBuffer.allocate(MIN_BYTES).putLong(number).putLong(number);
    this.toSend =
        new ByteBuffer[] {head.flip().limit(headBytes), ZEROS.slice(0, sizeBytes - headBytes)};
    this.toReceiveBytes = sizeBytes;
  }

  /// Sends as much as the channel takes.
  ///
  /// @return whether all of it is sent
  boolean send(SocketChannel channel) throws IOException {
    channel.write(toSend);
    return isSent();
  }

  boolean isSent() {
    return !toSend[1].hasRemaining() && !toSend[0].hasRemaining();
  }

  /// Takes what is there, and nothing of what is behind it.
  ///
  /// @return whether all of it has come
  /// @throws IOException if the pair is broken, or this is not what was sent
  boolean receive(SocketChannel channel) throws IOException {
    while (!isReceived()) {
      long received = channel.read(room());
      if (received < 0) {
        throw new EOFException("closed with %d bytes missing".formatted(toReceiveBytes));
      }
      if (received == 0) {
        return false;
      }
      toReceiveBytes -= received;
      check();
    }
    return true;
  }

  private ByteBuffer[] room() {
    long behindHead = toReceiveBytes - receivedHead.remaining();
    int length = (int) Math.min(behindHead, RECEIVE_BYTES);
    return new ByteBuffer[] {receivedHead, IGNORED.slice(0, length)};
  }

  private void check() throws IOException {
    boolean whole = !receivedHead.hasRemaining();
    if (whole
        && (receivedHead.getLong(0) != number || receivedHead.getLong(Long.BYTES) != number)) {
      throw new IOException("not what was sent");
    }
  }

  boolean isReceived() {
    return toReceiveBytes == 0;
  }
}
