package org.beaconrelay.perf.compare;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.beaconrelay.perf.Pair;

/// The messages of one pair: each is the answer to the one before, and each says which it is.
///
/// **Thread:** that of the load.
final class Rally {
  static final int MESSAGE_LENGTH = 64;

  private final int number;
  private final Player bridge;
  private final Player broker;
  private long sequence;
  private Player receiver;
  private long turnNs;

  private Rally(int number, Pair pair) {
    this.number = number;
    this.bridge = new Player(pair.bridge());
    this.broker = new Player(pair.broker());
    this.receiver = bridge;
  }

  /// Makes both ends non-blocking, with their player as the attachment of their key.
  ///
  /// @param number tells the pairs apart, 0 to 65535
  static Rally register(int number, Pair pair, Selector selector) throws IOException {
    Rally rally = new Rally(number, pair);
    for (Player player : new Player[] {rally.bridge, rally.broker}) {
      player.channel.configureBlocking(false);
      player.channel.register(selector, SelectionKey.OP_READ, player);
    }
    return rally;
  }

  /// Sends the first message.
  void serve() throws IOException {
    turnNs = System.nanoTime();
    broker.send();
  }

  /// What every eight bytes of the message under way contain.
  private long content() {
    return (long) number << 48 | sequence;
  }

  /// One end of the pair.
  final class Player {
    private final SocketChannel channel;
    private final ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_LENGTH);

    Player(SocketChannel channel) {
      this.channel = channel;
    }

    /// Sends the next message to the other end.
    void send() throws IOException {
      sequence++;
      receiver = this == bridge ? broker : bridge;
      message.clear();
      while (message.hasRemaining()) {
        message.putLong(content());
      }
      message.flip();
      channel.write(message);
      if (message.hasRemaining()) {
        throw new IOException("a socket without a byte in it did not take a whole message");
      }
      message.clear();
    }

    /// Call it when a message is complete: how long that one and the one before it took together.
    ///
    /// @return less than 0 if it is the first of the two, which the broker sends
    long roundTripNs() {
      if (this == bridge) {
        return -1;
      }
      long servedNs = turnNs;
      turnNs = System.nanoTime();
      return turnNs - servedNs;
    }

    /// Reads what has come.
    ///
    /// @return whether the message is complete
    /// @throws IOException if it is not the one that was sent
    boolean receive() throws IOException {
      if (channel.read(message) < 0) {
        throw new EOFException("the relay ended pair " + number);
      }
      if (message.hasRemaining()) {
        return false;
      }
      message.flip();
      while (message.hasRemaining()) {
        if (message.getLong() != content() || this != receiver) {
          throw new IOException("a wrong message came out of pair " + number);
        }
      }
      message.clear();
      return true;
    }
  }
}
