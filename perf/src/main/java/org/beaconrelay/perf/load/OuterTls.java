package org.beaconrelay.perf.load;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/// The outer TLS of a link that never blocks, as an EXACT endpoint has it: records are taken off
/// the channel one by one, and not a byte of what is behind the relay's close_notify.
///
/// **Thread:** the link's.
final class OuterTls {
  private static final String ALPN = "brp/1";
  private static final int HEADER_BYTES = 5;
  private static final int LENGTH_OFFSET = 3;
  private static final int FIRST_TYPE = 20; // change_cipher_spec
  private static final int LAST_TYPE = 23; // application_data
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final SSLContext CONTEXT = AnyCertificate.context();

  private final SocketChannel channel;
  private final SSLEngine engine = CONTEXT.createSSLEngine();
  private ByteBuffer record = ByteBuffer.allocate(HEADER_BYTES);
  private ByteBuffer content = NOTHING;

  /// Begins the handshake.
  ///
  /// @param channel is connected, and does not block
  OuterTls(SocketChannel channel) throws IOException {
    this.channel = channel;
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setApplicationProtocols(new String[] {ALPN});
    engine.setSSLParameters(parameters);
    engine.beginHandshake();
    handshake();
  }

  /// Does what can be done of the handshake now.
  ///
  /// @return whether it is done; otherwise it goes on when there are bytes
  boolean handshake() throws IOException {
    boolean able = true;
    while (able) {
      switch (engine.getHandshakeStatus()) {
        case NEED_TASK -> engine.getDelegatedTask().run();
        case NEED_WRAP -> send(NOTHING);
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> able = takeRecord();
        case NOT_HANDSHAKING, FINISHED -> {
          return true;
        }
      }
    }
    return false;
  }

  /// Sends all of it, as one record, or what is due of the handshake.
  void send(ByteBuffer source) throws IOException {
    ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(source, out);
    channel.write(out.flip());
    // A socket that is new has room for all that is ever said inside.
    if (source.hasRemaining() || out.hasRemaining()) {
      throw new IOException("it takes no more");
    }
  }

  /// Says that nothing follows inside.
  void sendCloseNotify() throws IOException {
    engine.closeOutbound();
    send(NOTHING);
  }

  /// Takes what is there, like a channel that does not block.
  ///
  /// @return how many bytes; -1 if the relay has sent close_notify
  int read(ByteBuffer target) throws IOException {
    while (!content.hasRemaining()) {
      if (engine.isInboundDone()) {
        return -1;
      }
      if (!takeRecord()) {
        return 0;
      }
    }
    int length = Math.min(content.remaining(), target.remaining());
    target.put(content.slice(content.position(), length));
    content.position(content.position() + length);
    return length;
  }

  /// @return false if it is not whole yet
  private boolean takeRecord() throws IOException {
    if (!fill() || (record.capacity() == HEADER_BYTES && !fillRest())) {
      return false;
    }
    content = ByteBuffer.allocate(record.capacity());
    engine.unwrap(record.flip(), content);
    content.flip();
    record = ByteBuffer.allocate(HEADER_BYTES);
    return true;
  }

  /// Makes room for what the header says.
  private boolean fillRest() throws IOException {
    if (record.get(0) < FIRST_TYPE || record.get(0) > LAST_TYPE) {
      throw new IOException("it answers without TLS");
    }
    int length = record.getShort(LENGTH_OFFSET) & 0xFFFF;
    record = ByteBuffer.allocate(HEADER_BYTES + length).put(record.flip());
    return fill();
  }

  private boolean fill() throws IOException {
    while (record.hasRemaining()) {
      int received = channel.read(record);
      if (received < 0) {
        throw new EOFException("closed by the relay");
      }
      if (received == 0) {
        return false;
      }
    }
    return true;
  }
}
