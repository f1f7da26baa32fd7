package org.beaconrelay.server.transport;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.server.splice.Tunnel;

/// Outer TLS that stays on, decrypted and encrypted in this process's memory. What is inside is
/// still the ciphertext of bridge and broker.
///
/// Between calls it holds an `SSLEngine`, and more only while bytes are on their way: a record that
/// has come in part, content that there was no room for, and what the socket did not take. Each of
/// them is 16 KiB and what encryption adds at most. JSSE allocates with every record.
///
/// **Thread:** shard-confined. **Owns:** nothing; whoever forgets it has given all back.
final class TlsTunnel implements Tunnel {
  /// Records without content in a row, key updates mostly, that are no attack yet. OpenSSL draws
  /// the line there as well.
  private static final int MAX_EMPTY_RECORDS = 32;

  /// Key updates that the relay may owe to an endpoint that reads nothing. They need not go out
  /// before the next content does (RFC 8446, section 4.6.3).
  private static final int MAX_UPDATES_DUE = 16;

  private static final byte[] NOTHING = {};
  private static final ByteBuffer NO_CONTENT = ByteBuffer.allocate(0);

  private final SSLEngine engine;
  private final TlsRecords records;
  private final TlsBuffers buffers;
  private final int fd;

  /// Content that there was no room for yet.
  private ByteBuffer rest;

  /// What the socket has not taken yet of the records that hold [#sealedBytes] of content.
  private byte[] unsent = NOTHING;

  private int sealedBytes;
  private int emptyRecords;
  private int updatesDue;
  private boolean closeNotified;
  private boolean closing;

  /// @param rest content that has come already and was not taken
  TlsTunnel(SSLEngine engine, TlsRecords records, ByteBuffer rest, TlsBuffers buffers, int fd) {
    this.engine = engine;
    this.records = records;
    this.rest = rest;
    this.buffers = buffers;
    this.fd = fd;
  }

  // ---- from the endpoint

  @Override
  public int receive(ByteBuffer target) {
    if (rest.hasRemaining()) {
      int taken = move(rest, target);
      rest = rest.hasRemaining() ? rest : NO_CONTENT;
      return taken;
    }
    int opened = openNext();
    if (opened <= 0) {
      return opened;
    }
    ByteBuffer content = buffers.plaintext;
    int taken = move(content, target);
    if (content.hasRemaining()) {
      rest = ByteBuffer.allocate(content.remaining()).put(content).flip();
    }
    return taken;
  }

  private static int move(ByteBuffer source, ByteBuffer target) {
    int length = Math.min(source.remaining(), target.remaining());
    target.put(target.position(), source, source.position(), length);
    target.position(target.position() + length);
    source.position(source.position() + length);
    return length;
  }

  /// Takes records until one has content, which is then in [TlsBuffers#plaintext].
  ///
  /// @return 1, or what [#receive] is to answer
  private int openNext() {
    while (!closeNotified) {
      int length = records.take(buffers.syscalls, fd, buffers.inbound);
      if (length < 0 && length != -Errno.EPROTO) {
        return length;
      }
      if (length <= 0 || !open(length)) {
        return -Errno.EBADMSG;
      }
      if (buffers.plaintext.hasRemaining()) {
        return 1;
      }
    }
    return 0;
  }

  /// @return false if it is no record of this TLS, or one that must not come now
  private boolean open(int length) {
    try {
      SSLEngineResult result = engine.unwrap(buffers.inbound, buffers.plaintext.clear());
      closeNotified = result.getStatus() == Status.CLOSED;
    } catch (SSLException e) {
      return false;
    }
    boolean empty = !buffers.plaintext.flip().hasRemaining();
    emptyRecords = empty ? emptyRecords + 1 : 0;
    boolean isStuffed = empty && length > TlsRecords.SHORT_LENGTH;
    if (buffers.inbound.hasRemaining() || isStuffed || emptyRecords > MAX_EMPTY_RECORDS) {
      return false;
    }
    return switch (engine.getHandshakeStatus()) {
      case NEED_WRAP -> closeNotified || sendUpdates(empty);
      case NEED_TASK, NEED_UNWRAP_AGAIN -> false; // another handshake: TLS 1.3 has none
      case NEED_UNWRAP, FINISHED, NOT_HANDSHAKING -> true;
    };
  }

  /// Answers key updates, at once if nothing else has to go out before.
  ///
  /// @param asked whether the record that was opened last may have asked for one
  private boolean sendUpdates(boolean asked) {
    if (unsent.length > 0) {
      updatesDue += asked ? 1 : 0;
      return updatesDue <= MAX_UPDATES_DUE;
    }
    return seal(NO_CONTENT) != -Errno.EBADMSG; // whether the socket is broken is found out later
  }

  // ---- to the endpoint

  @Override
  public int send(ByteBuffer source) {
    int result = sendUnsent();
    if (result == 0 && sealedBytes == 0) {
      result = seal(source);
    }
    if (result < 0) {
      return result;
    }
    int given = sealedBytes;
    sealedBytes = 0;
    return given;
  }

  @Override
  public int shutdownWrite() {
    int result = sendUnsent();
    if (result == 0 && !closing) {
      closing = true;
      engine.closeOutbound();
      result = seal(NO_CONTENT);
    }
    return result < 0 ? result : buffers.syscalls.shutdownWrite(fd);
  }

  /// Encrypts all of `source` behind whatever else is due, and gives it to the socket.
  ///
  /// @return 0 if it is out, or `-errno`
  private int seal(ByteBuffer source) {
    ByteBuffer sealed = buffers.outbound.clear();
    int contentBytes = source.remaining();
    int withoutContent = 0;
    try {
      do {
        int before = source.remaining();
        Status status = engine.wrap(source, sealed).getStatus();
        if (status != Status.OK && source.hasRemaining()) {
          return -Errno.EPIPE; // it said that it is about to close, and means both directions
        }
        withoutContent += source.remaining() == before ? 1 : 0;
        if (withoutContent > MAX_UPDATES_DUE) {
          return -Errno.EBADMSG;
        }
      } while (source.hasRemaining() || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
    } catch (SSLException e) {
      return -Errno.EBADMSG;
    }
    updatesDue = 0;
    sealedBytes = contentBytes;
    return push(sealed.flip());
  }

  private int sendUnsent() {
    if (unsent.length == 0) {
      return 0;
    }
    ByteBuffer sealed = buffers.outbound.clear().put(unsent).flip();
    unsent = NOTHING;
    return push(sealed);
  }

  /// Gives records to the socket, and keeps what it does not take.
  private int push(ByteBuffer sealed) {
    while (sealed.hasRemaining()) {
      int sent = buffers.syscalls.send(fd, sealed);
      if (sent < 0) {
        unsent = new byte[sealed.remaining()];
        sealed.get(unsent);
        return sent;
      }
      sealed.position(sealed.position() + sent);
    }
    return 0;
  }
}
