package org.beaconrelay.perf.compare;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/// A message of Syncthing's relay protocol (https://docs.syncthing.net/specs/relay-v1.html): magic,
/// type, length, and content in XDR (RFC 4506).
final class StrelaysrvMessage {
  static final int JOIN_RELAY_REQUEST = 2;
  static final int JOIN_SESSION_REQUEST = 3;
  static final int RESPONSE = 4;
  static final int CONNECT_REQUEST = 5;
  static final int SESSION_INVITATION = 6;

  private static final int MAGIC = 0x9E79BC40;
  private static final int HEADER_LENGTH = 3 * Integer.BYTES;
  private static final int MAX_CONTENT_LENGTH = 1024;
  private static final int SUCCESS = 0;

  private final int type;
  private final byte[] content;

  StrelaysrvMessage(int type, byte[] content) {
    this.type = type;
    this.content = content;
  }

  /// One whose content is an opaque, a length and so many bytes.
  static StrelaysrvMessage ofOpaque(int type, byte[] opaque) {
    ByteBuffer content = ByteBuffer.allocate(Integer.BYTES + padded(opaque.length));
    content.putInt(opaque.length).put(opaque);
    return new StrelaysrvMessage(type, content.array());
  }

  byte[] toBytes() {
    return ByteBuffer.allocate(HEADER_LENGTH + content.length)
        .putInt(MAGIC)
        .putInt(type)
        .putInt(content.length)
        .put(content)
        .array();
  }

  /// @param type that it must have
  static StrelaysrvMessage read(InputStream in, int type) throws IOException {
    ByteBuffer header = ByteBuffer.wrap(readExactly(in, HEADER_LENGTH));
    int magic = header.getInt();
    int typeThatCame = header.getInt();
    int length = header.getInt();
    if (magic != MAGIC || length < 0 || length > MAX_CONTENT_LENGTH) {
      throw new IOException("the relay sent what is no message");
    }
    StrelaysrvMessage message = new StrelaysrvMessage(typeThatCame, readExactly(in, length));
    if (typeThatCame != type) {
      throw new IOException("the relay sent %s, not type %d".formatted(message, type));
    }
    return message;
  }

  /// Reads a response, which must be good.
  static void requireSuccess(InputStream in) throws IOException {
    StrelaysrvMessage response = read(in, RESPONSE);
    if (ByteBuffer.wrap(response.content).getInt() != SUCCESS) {
      throw new IOException("the relay refused: " + response);
    }
  }

  private static byte[] readExactly(InputStream in, int length) throws IOException {
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the relay ended a connection instead of answering");
    }
    return bytes;
  }

  /// The opaque with this number, from 0, of a content that begins with several.
  byte[] opaque(int number) throws IOException {
    ByteBuffer rest = ByteBuffer.wrap(content);
    byte[] opaque = nextOpaque(rest);
    for (int i = 0; i < number; i++) {
      opaque = nextOpaque(rest);
    }
    return opaque;
  }

  private byte[] nextOpaque(ByteBuffer rest) throws IOException {
    int length = rest.remaining() < Integer.BYTES ? -1 : rest.getInt();
    if (length < 0 || length > rest.remaining()) {
      throw new IOException("the relay sent a message with a wrong content: " + this);
    }
    byte[] opaque = new byte[length];
    rest.get(opaque);
    rest.position(Math.min(padded(rest.position()), rest.limit()));
    return opaque;
  }

  private static int padded(int length) {
    return (length + Integer.BYTES - 1) / Integer.BYTES * Integer.BYTES;
  }

  @Override
  public String toString() {
    return "type %d, content '%s'".formatted(type, HexFormat.of().formatHex(content));
  }
}
