package org.beaconrelay.testing;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Proof;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;

/// An endpoint's connection to a relay. Calls block; the timeout of a test interrupts them.
///
/// **Thread:** one that sends and one that receives. **Owns:** its socket.
public final class TestLink implements AutoCloseable {
  private final SocketChannel channel;

  private TestLink(SocketChannel channel) {
    this.channel = channel;
  }

  /// A link from a source address that no other has.
  public static TestLink connect(InetSocketAddress relay) throws IOException {
    return connectFrom(SourceAddresses.next().getAddress(), relay);
  }

  /// A link from a source address, which others may have too.
  public static TestLink connectFrom(InetAddress source, InetSocketAddress relay)
      throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.bind(new InetSocketAddress(source, 0));
      channel.connect(relay);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new TestLink(channel);
  }

  /// A link that has announced.
  ///
  /// @param earlyData goes right behind the announce, in the same segment
  public static TestLink announce(
      InetSocketAddress relay, Role role, InfoHash infoHash, byte... earlyData) throws IOException {
    return announce(relay, Announce.of(role, infoHash), earlyData);
  }

  /// A link that has announced.
  ///
  /// @param earlyData goes right behind the announce, in the same segment
  public static TestLink announce(InetSocketAddress relay, Announce wanted, byte... earlyData)
      throws IOException {
    TestLink link = connect(relay);
    byte[] announce = wanted.toBytes();
    link.send(
        ByteBuffer.allocate(announce.length + earlyData.length)
            .put(announce)
            .put(earlyData)
            .array());
    return link;
  }

  public SocketChannel channel() {
    return channel;
  }

  /// Where it comes from.
  public InetSocketAddress source() throws IOException {
    return (InetSocketAddress) channel.getLocalAddress();
  }

  public void send(byte... bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  /// The next `length` bytes.
  public byte[] receive(int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer) < 0) {
        throw new EOFException("%d of %d bytes came".formatted(buffer.position(), length));
      }
    }
    return buffer.array();
  }

  public Frame receiveFrame() throws IOException {
    return Frame.parse(receive(Frame.LENGTH));
  }

  /// Takes the CHALLENGE frame.
  ///
  /// @return the nonce behind it
  public byte[] awaitChallenge() throws IOException {
    if (!(receiveFrame() instanceof Frame.Challenge)) {
      throw new IOException("expected CHALLENGE");
    }
    return receive(Proof.NONCE_LENGTH);
  }

  /// Takes the WAITING frame.
  public void awaitWaiting() throws IOException {
    if (!(receiveFrame() instanceof Frame.Waiting)) {
      throw new IOException("expected WAITING");
    }
  }

  /// Takes all up to the PAIRED frame.
  ///
  /// @return the pair id
  public long awaitPaired() throws IOException {
    return switch (receiveFrame()) {
      case Frame.Waiting() -> awaitPaired();
      case Frame.Paired(long pairId) -> pairId;
      case Frame.Rejected(RejectReason reason, _) -> throw new IOException("rejected: " + reason);
      case Frame.Challenge() -> throw new IOException("expected PAIRED, got CHALLENGE");
    };
  }

  /// Takes all up to the REJECTED frame, and the end of the stream behind it.
  public RejectReason awaitRejected() throws IOException {
    return switch (receiveFrame()) {
      case Frame.Waiting() -> awaitRejected();
      case Frame.Rejected(RejectReason reason, _) -> {
        if (!isAtEnd()) {
          throw new IOException("bytes behind REJECTED");
        }
        yield reason;
      }
      case Frame.Paired _, Frame.Challenge _ -> throw new IOException("expected REJECTED");
    };
  }

  /// Whether what comes next is the end of the stream, rather than a byte.
  public boolean isAtEnd() throws IOException {
    return channel.read(ByteBuffer.allocate(1)) < 0;
  }

  /// Whether what comes next is a reset.
  public boolean isReset() throws IOException {
    try {
      channel.read(ByteBuffer.allocate(1));
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  /// Sends a FIN; receiving goes on.
  public void halfClose() throws IOException {
    channel.shutdownOutput();
  }

  /// Ends with a reset.
  public void reset() throws IOException {
    channel.setOption(StandardSocketOptions.SO_LINGER, 0);
    channel.close();
  }

  /// Ends with a FIN, or with a reset if bytes have come that were not received.
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
