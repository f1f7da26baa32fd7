package org.beaconrelay.perf.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// One [Conversation] through a pair.
final class Exchange {
  private final boolean inOrder;
  private final Parcel request;
  private final Parcel reply;
  private boolean bridgeEnded;
  private boolean brokerEnded;

  /// @param number told in request and reply, so that they cannot be another pair's
  Exchange(long number, Conversation conversation) {
    this.inOrder = conversation.inOrder();
    this.request = new Parcel(number, conversation.requestBytes());
    this.reply = new Parcel(number, conversation.replyBytes());
  }

  /// Whether the broker has all of the reply.
  boolean isReplied() {
    return reply.isReceived();
  }

  /// Whether there is nothing left to do but to reset whatever is open.
  boolean isOver() {
    return isReplied() && (!inOrder || (bridgeEnded && brokerEnded));
  }

  /// Does what the broker has to do and can do now.
  ///
  /// @return whether it goes on when its channel has room
  boolean advanceBroker(SocketChannel channel) throws IOException {
    if (!request.isSent()) {
      return !request.send(channel);
    }
    if (isReplied()) {
      brokerEnded = endsWith(channel);
    } else if (reply.receive(channel) && inOrder) {
      channel.shutdownOutput();
    }
    return false;
  }

  /// Does what the bridge has to do and can do now.
  ///
  /// @return whether it goes on when its channel has room
  boolean advanceBridge(SocketChannel channel) throws IOException {
    if (!request.receive(channel)) {
      return false;
    }
    if (!reply.isSent()) {
      return !reply.send(channel);
    }
    bridgeEnded = endsWith(channel);
    return false;
  }

  /// Closes a channel whose other end has ended its stream, which ends this one's.
  private boolean endsWith(SocketChannel channel) throws IOException {
    int received = channel.read(ByteBuffer.allocate(1));
    if (received > 0) {
      throw new IOException("more came than was sent");
    }
    if (received == 0) {
      return false;
    }
    if (!inOrder) {
      throw new EOFException("closed by the relay");
    }
    channel.close();
    return true;
  }
}
