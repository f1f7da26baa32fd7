package org.beaconrelay.perf.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.beaconrelay.perf.Pair;

/// The messages of one pair, from broker to bridge: every so many of a [Schedule]. A message is its
/// number, repeated, and zeros; when it was due follows from the number.
///
/// **Thread:** one sends, one receives.
final class MessageStream {
  /// Room for the number, twice.
  static final int MIN_BYTES = 2 * Long.BYTES;

  private static final int RECEIVE_BYTES = 64 << 10;

  /// What happens to messages.
  interface Listener {
    void onReceived(long number);
  }

  private final Pair pair;
  private final int sizeBytes;
  private final int step;
  private final ByteBuffer sending;
  private final ByteBuffer received;
  private long nextToSend;
  private long nextToReceive;

  /// @param first number of its first message
  /// @param step from each of its messages to the next
  MessageStream(Pair pair, int sizeBytes, long first, int step) throws IOException {
    this.pair = pair;
    this.sizeBytes = sizeBytes;
    this.step = step;
    this.nextToSend = first;
    this.nextToReceive = first;
    this.sending = ByteBuffer.allocateDirect(sizeBytes).position(sizeBytes);
    this.received = ByteBuffer.allocateDirect(Math.max(RECEIVE_BYTES, sizeBytes));
    pair.bridge().configureBlocking(false);
    pair.broker().configureBlocking(false);
  }

  SocketChannel receiver() {
    return pair.bridge();
  }

  /// The number of the message that is sent next, or is under way.
  long nextToSend() {
    return nextToSend;
  }

  /// Sends the next message, or what is left of it.
  ///
  /// @return whether all of it is sent; otherwise the socket takes no more now
  boolean send() throws IOException {
    if (!sending.hasRemaining()) {
      sending.clear();
      sending.putLong(0, nextToSend).putLong(Long.BYTES, nextToSend);
    }
    pair.broker().write(sending);
    if (sending.hasRemaining()) {
      return false;
    }
    nextToSend += step;
    return true;
  }

  /// Takes what is there.
  ///
  /// @throws IOException if the pair is broken, or a message is not what was sent
  void receive(Listener listener) throws IOException {
    while (true) {
      int length = pair.bridge().read(received);
      if (length < 0) {
        throw new IOException("a pair was closed while messages were under way");
      }
      if (length == 0) {
        return;
      }
      received.flip();
      while (received.remaining() >= sizeBytes) {
        check(received.getLong(received.position()));
        check(received.getLong(received.position() + Long.BYTES));
        listener.onReceived(nextToReceive);
        nextToReceive += step;
        received.position(received.position() + sizeBytes);
      }
      received.compact();
    }
  }

  private void check(long number) throws IOException {
    if (number != nextToReceive) {
      throw new IOException(
          "message %d came where %d should have come".formatted(number, nextToReceive));
    }
  }
}
