package org.beaconrelay.perf.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.beaconrelay.perf.Pair;

/// The messages of one pair, from broker to bridge: every so many of a [Schedule]. A message is its
/// number, repeated, and zeros; when it was due follows from the number.
///
/// Kept of a message that is under way are its first bytes and how much is there: there may be
/// thousands of pairs.
///
/// **Thread:** one sends, one receives.
final class MessageStream {
  /// Room for the number, twice.
  static final int MIN_BYTES = 2 * Long.BYTES;

  /// What happens to messages.
  interface Listener {
    void onReceived(long number);
  }

  private final Pair pair;
  private final int sizeBytes;
  private final int step;
  private final ByteBuffer header = ByteBuffer.allocate(MIN_BYTES);
  private long nextToSend;
  private long nextToReceive;
  private int sentBytes;
  private int receivedBytes;

  /// @param first number of its first message
  /// @param step from each of its messages to the next
  MessageStream(Pair pair, int sizeBytes, long first, int step) throws IOException {
    this.pair = pair;
    this.sizeBytes = sizeBytes;
    this.step = step;
    this.nextToSend = first;
    this.nextToReceive = first;
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
  /// @param message room for one, and zeros where it has no number
  /// @return whether all of it is sent; otherwise the socket takes no more now
  boolean send(ByteBuffer message) throws IOException {
    message.putLong(0, nextToSend).putLong(Long.BYTES, nextToSend);
    sentBytes += pair.broker().write(message.position(sentBytes));
    if (sentBytes < sizeBytes) {
      return false;
    }
    sentBytes = 0;
    nextToSend += step;
    return true;
  }

  /// Takes what is there.
  ///
  /// @param room for some of it
  /// @throws IOException if the pair is broken, or a message is not what was sent
  void receive(ByteBuffer room, Listener listener) throws IOException {
    int length = pair.bridge().read(room.clear());
    while (length > 0) {
      room.flip();
      while (room.hasRemaining()) {
        take(room, listener);
      }
      length = pair.bridge().read(room.clear());
    }
    if (length < 0) {
      throw new IOException("a pair was closed while messages were under way");
    }
  }

  /// Takes what is of the message under way.
  private void take(ByteBuffer bytes, Listener listener) throws IOException {
    while (header.hasRemaining() && bytes.hasRemaining()) {
      header.put(bytes.get());
      receivedBytes++;
    }
    int length = Math.min(bytes.remaining(), sizeBytes - receivedBytes);
    bytes.position(bytes.position() + length);
    receivedBytes += length;
    if (receivedBytes == sizeBytes) {
      check(header.getLong(0));
      check(header.getLong(Long.BYTES));
      listener.onReceived(nextToReceive);
      nextToReceive += step;
      header.clear();
      receivedBytes = 0;
    }
  }

  private void check(long number) throws IOException {
    if (number != nextToReceive) {
      throw new IOException(
          "message %d came where %d should have come".formatted(number, nextToReceive));
    }
  }
}
