package org.beaconrelay.server;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestTlsLink;

/// An endpoint inside outer TLS that has each of its records in hand: to send two of them in one
/// segment, one in pieces, or a spoilt one.
///
/// **Thread:** one. **Owns:** its socket.
final class RecordLink implements AutoCloseable {
  private static final int HEADER_LENGTH = 5;
  private static final int BUFFER_BYTES = 64 << 10;

  private final TestLink raw;
  private final SSLEngine engine = TestTlsLink.trustingAll().createSSLEngine();
  private final ByteBuffer content = ByteBuffer.allocate(BUFFER_BYTES).limit(0);

  private RecordLink(TestLink raw) {
    this.raw = raw;
    engine.setUseClientMode(true);
  }

  /// A link that has done its handshake and says nothing yet.
  static RecordLink connect(InetSocketAddress relay) throws IOException {
    RecordLink link = new RecordLink(TestLink.connect(relay));
    link.engine.beginHandshake();
    while (link.engine.getHandshakeStatus() != HandshakeStatus.NOT_HANDSHAKING) {
      switch (link.engine.getHandshakeStatus()) {
        case NEED_TASK -> link.engine.getDelegatedTask().run();
        case NEED_WRAP -> link.raw.send(link.seal());
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN, FINISHED, NOT_HANDSHAKING -> link.open();
      }
    }
    return link;
  }

  /// A link that has announced.
  static RecordLink announce(InetSocketAddress relay, Announce announce) throws IOException {
    RecordLink link = connect(relay);
    link.send(announce.toBytes());
    return link;
  }

  TestLink raw() {
    return raw;
  }

  /// The records that say `bytes`, or whatever else TLS has to say.
  byte[] seal(byte... bytes) throws SSLException {
    ByteBuffer source = ByteBuffer.wrap(bytes);
    ByteBuffer sealed = ByteBuffer.allocate(bytes.length + BUFFER_BYTES);
    do {
      SSLEngineResult result = engine.wrap(source, sealed);
      if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
        throw new AssertionError("too much at once");
      }
    } while (source.hasRemaining() || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
    byte[] records = new byte[sealed.position()];
    sealed.flip().get(records);
    return records;
  }

  /// The record that says close_notify.
  byte[] sealCloseNotify() throws SSLException {
    engine.closeOutbound();
    return seal();
  }

  /// The record of the alert that follows from a record of the relay's that is not what it sent.
  byte[] sealAlert() throws IOException {
    ByteBuffer record = ByteBuffer.wrap(receiveRecord());
    record.put(record.limit() - 1, (byte) ~record.get(record.limit() - 1));
    try {
      engine.unwrap(record, ByteBuffer.allocate(BUFFER_BYTES));
    } catch (SSLException e) {
      return seal();
    }
    throw new AssertionError("took a spoilt record");
  }

  void send(byte... bytes) throws IOException {
    raw.send(seal(bytes));
  }

  /// The next `length` bytes inside TLS.
  byte[] receive(int length) throws IOException {
    byte[] bytes = new byte[length];
    int have = 0;
    while (have < length) {
      if (!content.hasRemaining() && !open()) {
        throw new EOFException("%d of %d bytes came".formatted(have, length));
      }
      int taken = Math.min(content.remaining(), length - have);
      content.get(bytes, have, taken);
      have += taken;
    }
    return bytes;
  }

  Frame receiveFrame() throws IOException {
    return Frame.parse(receive(Frame.LENGTH));
  }

  /// Takes the PAIRED frame.
  void awaitPaired() throws IOException {
    if (!(receiveFrame() instanceof Frame.Paired)) {
      throw new IOException("expected PAIRED");
    }
  }

  /// Whether what comes next is the relay's close_notify, rather than a byte.
  boolean isCloseNotified() throws IOException {
    while (!content.hasRemaining()) {
      if (!open()) {
        return true;
      }
    }
    return false;
  }

  /// @return false at a close_notify
  private boolean open() throws IOException {
    SSLEngineResult result = engine.unwrap(ByteBuffer.wrap(receiveRecord()), content.clear());
    content.flip();
    return result.getStatus() != SSLEngineResult.Status.CLOSED;
  }

  private byte[] receiveRecord() throws IOException {
    byte[] header = raw.receive(HEADER_LENGTH);
    int length = ByteBuffer.wrap(header).getShort(3) & 0xFFFF;
    return ByteBuffer.allocate(HEADER_LENGTH + length).put(header).put(raw.receive(length)).array();
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }
}
