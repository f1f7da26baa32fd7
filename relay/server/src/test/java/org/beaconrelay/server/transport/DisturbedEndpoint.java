package org.beaconrelay.server.transport;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import org.beaconrelay.testing.Choices;
import org.beaconrelay.testing.TestTlsLink;

/// An endpoint with outer TLS, and somebody on its way to the relay who cuts, changes, repeats and
/// forges what it sends, as the choices say.
final class DisturbedEndpoint {
  private static final SSLContext CONTEXT = TestTlsLink.trustingAll();
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /// Fewer than the relay takes for an attack.
  private static final int MAX_RECORDS = 40;

  private static final int MAX_RECORD_LENGTH = 200;

  /// More steps in a row than a handshake has.
  private static final int RESTLESS = 1_000;

  private final Choices choices;
  private final Wire wire;
  private final SSLEngine engine = CONTEXT.createSSLEngine();

  /// Records that are yet to be sent.
  private final ByteArrayOutputStream outgoing = new ByteArrayOutputStream();

  private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final ByteBuffer incoming = ByteBuffer.allocate(1 << 16);
  private final ByteBuffer room = ByteBuffer.allocate(1 << 15);
  private int recordCount;
  private int rawBytes;
  private boolean disturbed;
  private boolean closed;

  DisturbedEndpoint(Choices choices, Wire wire) throws SSLException {
    this.choices = choices;
    this.wire = wire;
    engine.setUseClientMode(true);
    engine.beginHandshake();
  }

  // ---- what it does, and what is done to it

  void sendAll() {
    send(outgoing.size());
  }

  /// Sends the beginning of what is yet to be sent.
  void sendSome() {
    send(choices.applyAsInt(outgoing.size() + 1));
  }

  /// What there is no room for is sent another time.
  private void send(int wanted) {
    int length = Math.min(wanted, Wire.MAX_UNREAD_BYTES - wire.unread());
    byte[] bytes = outgoing.toByteArray();
    outgoing.reset();
    outgoing.write(bytes, length, bytes.length - length);
    put(Arrays.copyOf(bytes, length));
  }

  private void put(byte... bytes) {
    if (wire.unread() + bytes.length <= Wire.MAX_UNREAD_BYTES) {
      wire.send(bytes, 0, bytes.length);
      sent.writeBytes(bytes);
    } else {
      disturbed = true; // it is lost
    }
  }

  /// A byte of what is yet to be sent becomes another one.
  void change() {
    byte[] bytes = outgoing.toByteArray();
    if (bytes.length > 0) {
      disturbed = true;
      bytes[choices.applyAsInt(bytes.length)] ^= (byte) (1 + choices.applyAsInt(255));
      outgoing.reset();
      outgoing.writeBytes(bytes);
    }
  }

  /// Sends bytes that are no TLS. Behind a close_notify they are early data, and disturb nobody.
  void sendRaw() {
    sendRaw(choices.take(choices.applyAsInt(64)));
  }

  private void sendRaw(byte... bytes) {
    if (closed) {
      sendAll();
    }
    if (closed && isAllSent()) {
      rawBytes += bytes.length;
    } else {
      disturbed |= bytes.length > 0;
    }
    put(bytes);
  }

  /// Sends a record that is not encrypted.
  void forge() {
    int type = 20 + choices.applyAsInt(4);
    byte[] content = choices.take(choices.applyAsInt(MAX_RECORD_LENGTH));
    sendRaw(Seeds.join(new byte[] {(byte) type, 3, 3, 0, (byte) content.length}, content));
  }

  /// Sends the end of what has been sent once more.
  void repeat() {
    byte[] before = sent.toByteArray();
    int length = choices.applyAsInt(Math.min(before.length, MAX_RECORD_LENGTH) + 1);
    sendRaw(Arrays.copyOfRange(before, before.length - length, before.length));
  }

  /// Has something to say inside TLS, if it can.
  void say() throws SSLException {
    int length = choices.applyAsInt(MAX_RECORD_LENGTH);
    if (isEstablished() && recordCount++ < MAX_RECORDS) {
      byte[] words = new byte[length];
      for (int i = 0; i < length; i++) {
        words[i] = (byte) (said.size() + i);
      }
      wrap(ByteBuffer.wrap(words));
      said.writeBytes(words);
    }
  }

  private boolean isEstablished() {
    return engine.getHandshakeStatus() == HandshakeStatus.NOT_HANDSHAKING
        && !engine.isOutboundDone();
  }

  /// Has a close_notify to send, if it can.
  void close() throws SSLException {
    if (isEstablished()) {
      closed = true;
      engine.closeOutbound();
      wrap(NOTHING);
    }
  }

  private boolean wrap(ByteBuffer source) throws SSLException {
    SSLEngineResult result = engine.wrap(source, room.clear());
    outgoing.write(room.array(), 0, room.position());
    return result.bytesProduced() > 0;
  }

  /// Does what is due of the handshake, and takes what the relay has sent.
  ///
  /// @throws SSLException if it does not understand that though nobody has disturbed it
  void work() throws SSLException {
    incoming.put(wire.receive());
    try {
      boolean works = true;
      for (int i = 0; works; i++) {
        if (i == RESTLESS) {
          throw new AssertionError("the endpoint does not come to rest");
        }
        works =
            switch (engine.getHandshakeStatus()) {
              case NEED_TASK -> compute();
              case NEED_WRAP -> wrap(NOTHING);
              default -> unwrap();
            };
      }
    } catch (SSLException e) {
      if (!disturbed) {
        throw e;
      }
      incoming.clear();
    }
  }

  private boolean compute() {
    engine.getDelegatedTask().run();
    return true;
  }

  private boolean unwrap() throws SSLException {
    SSLEngineResult result = engine.unwrap(incoming.flip(), room.clear());
    incoming.compact();
    return result.bytesConsumed() > 0;
  }

  // ---- what there is to know of it

  /// All that has been sent, whoever made it.
  byte[] sent() {
    return sent.toByteArray();
  }

  /// What it has said inside TLS.
  byte[] said() {
    return said.toByteArray();
  }

  /// Early data that was sent behind its close_notify.
  int rawBytes() {
    return rawBytes;
  }

  /// Whether there is nothing more to send.
  boolean isAllSent() {
    return outgoing.size() == 0;
  }

  /// Whether its bytes are not what it wanted to send.
  boolean isDisturbed() {
    return disturbed;
  }

  /// Whether it has said that it has no more to say.
  boolean isClosed() {
    return closed;
  }
}
