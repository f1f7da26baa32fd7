package org.beaconrelay.server.transport;

import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLKeyException;
import javax.net.ssl.SSLParameters;
import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.server.splice.Tunnel;

/// The outer TLS of one link, from the relay's side: handshake, announce and frames, until it is
/// taken off, or becomes a [Tunnel] (PROTOCOL.md, section 6).
///
/// What costs time in a handshake (a signature, a key exchange) is done elsewhere, so that the
/// spliced pairs of the shard need not wait for it.
///
/// **Thread:** shard-confined. **Owns:** nothing; whoever forgets it has given all back.
public final class OuterTls {
  /// The name of BRP/1 in ALPN (RFC 7301).
  public static final String ALPN = "brp/1";

  /// Records that an endpoint may send before its outer TLS comes off. It needs half a dozen;
  /// thousands of empty ones, or of key updates, would be an attack.
  private static final int MAX_RECORDS = 64;

  /// Of these, those that an endpoint may send while it waits: it has nothing to say but a
  /// close_notify, with an alert before it.
  private static final int RECORDS_WHILE_WAITING = 4;

  private static final byte[] NOTHING = {};
  private static final ByteBuffer NO_PLAINTEXT = ByteBuffer.allocate(0);

  private final SSLEngine engine;
  private final Executor crypto;
  private final Executor shard;
  private final Runnable onProgress;
  private final TlsRecords records = new TlsRecords();
  private byte[] plaintext = NOTHING;
  private int plaintextOffset;
  private int recordCount;
  private boolean computing;
  private boolean established;
  private boolean closeNotified;
  private boolean failed;

  /// @param crypto runs what takes long, on a thread that is not the shard's
  /// @param shard runs what has to be done on the shard's thread
  /// @param onProgress is run there when something that took long is done
  public OuterTls(SSLContext context, Executor crypto, Executor shard, Runnable onProgress) {
    this.crypto = crypto;
    this.shard = shard;
    this.onProgress = onProgress;
    this.engine = context.createSSLEngine();
    engine.setUseClientMode(false);
    SSLParameters parameters = engine.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3"});
    parameters.setApplicationProtocols(new String[] {ALPN});
    engine.setSSLParameters(parameters);
  }

  /// Takes up to `length` bytes of what the endpoint says into `target`, from `offset` on. Does
  /// what is due of the handshake first.
  ///
  /// @return bytes taken, 0 at the end (see [#isCloseNotified]), or `-errno`: EAGAIN (nothing yet),
  ///   EPROTO (see [#hasFailed])
  public int receive(TlsBuffers buffers, int fd, byte[] target, int offset, int length) {
    int there = listen(buffers, fd);
    if (there <= 0) {
      return there;
    }
    int taken = Math.min(length, there);
    System.arraycopy(plaintext, plaintextOffset, target, offset, taken);
    plaintextOffset += taken;
    if (plaintextOffset == plaintext.length) {
      plaintext = NOTHING;
      plaintextOffset = 0;
    }
    return taken;
  }

  /// Does what is due until the endpoint has said something, and takes nothing of it.
  ///
  /// @return bytes that [#receive] would give, 0 at the end, or `-errno` as there
  public int listen(TlsBuffers buffers, int fd) {
    while (plaintextOffset == plaintext.length) {
      if (failed) {
        return -Errno.EPROTO;
      }
      if (closeNotified) {
        return 0;
      }
      int progress = step(buffers, fd);
      if (progress <= 0) {
        return progress;
      }
    }
    return plaintext.length - plaintextOffset;
  }

  /// The endpoint waits from now on. There may be thousands of those, for long, so little is kept
  /// of each: JSSE keeps what is there of a message until it is whole, up to 32 KiB.
  ///
  /// @param mayHaveContent whether it may send early data inside TLS
  public void expectLittle(boolean mayHaveContent) {
    recordCount = Math.max(recordCount, MAX_RECORDS - RECORDS_WHILE_WAITING);
    if (!mayHaveContent) {
      records.expectShortOnes();
    }
  }

  /// @return 1 if it went on, else what [#listen] is to answer
  private int step(TlsBuffers buffers, int fd) {
    if (computing) {
      return -Errno.EAGAIN;
    }
    return switch (engine.getHandshakeStatus()) {
      case NEED_TASK -> compute();
      case NEED_WRAP -> wrap(buffers, fd, NO_PLAINTEXT) ? 1 : fail(buffers, fd);
      case NEED_UNWRAP, NEED_UNWRAP_AGAIN, NOT_HANDSHAKING, FINISHED -> unwrap(buffers, fd);
    };
  }

  /// Has done elsewhere what takes long.
  private int compute() {
    computing = true;
    crypto.execute(
        () -> {
          try {
            Runnable task = engine.getDelegatedTask();
            while (task != null) {
              task.run();
              task = engine.getDelegatedTask();
            }
          } finally {
            shard.execute(this::onComputed);
          }
        });
    return -Errno.EAGAIN;
  }

  private void onComputed() {
    computing = false;
    onProgress.run();
  }

  private int unwrap(TlsBuffers buffers, int fd) {
    int length = records.take(buffers.syscalls, fd, buffers.inbound);
    if (length <= 0 && length != -Errno.EPROTO) {
      return length;
    }
    ByteBuffer opened = buffers.plaintext.clear();
    try {
      SSLEngineResult result = engine.unwrap(buffers.inbound, opened);
      closeNotified = result.getStatus() == SSLEngineResult.Status.CLOSED;
      noteFinished(result);
    } catch (SSLException e) {
      return fail(buffers, fd);
    }
    boolean isStuffed = established && opened.position() == 0 && length > TlsRecords.SHORT_LENGTH;
    if (length < 0 || buffers.inbound.hasRemaining() || isStuffed || ++recordCount > MAX_RECORDS) {
      return fail(buffers, fd);
    }
    if (opened.position() > 0) {
      plaintext = new byte[opened.position()];
      opened.flip().get(plaintext);
    }
    return 1;
  }

  /// Sends `source`, and whatever the handshake has to say. All that is ever under way at a time
  /// fits in the empty send buffer of a socket; where it does not, the endpoint reads nothing.
  ///
  /// @return false if the link is broken
  private boolean wrap(TlsBuffers buffers, int fd, ByteBuffer source) {
    ByteBuffer out = buffers.outbound.clear();
    try {
      do {
        SSLEngineResult result = engine.wrap(source, out);
        noteFinished(result);
        if (result.bytesProduced() == 0) {
          break;
        }
      } while (source.hasRemaining()
          || (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP
              && out.remaining() >= engine.getSession().getPacketBufferSize()));
    } catch (SSLException e) {
      return false;
    }
    out.flip();
    return !out.hasRemaining() || buffers.syscalls.send(fd, out) == out.limit();
  }

  /// The session knows its protocol as soon as the endpoint has said hello; JSSE says only once
  /// that the endpoint has finished.
  private void noteFinished(SSLEngineResult result) {
    established |= result.getHandshakeStatus() == HandshakeStatus.FINISHED;
  }

  /// Tells the endpoint by an alert, where there is one, and is of no use any more.
  private int fail(TlsBuffers buffers, int fd) {
    failed = true;
    engine.closeOutbound(); // after an alert that is due, this one is not sent
    boolean _ = wrap(buffers, fd, NO_PLAINTEXT);
    return -Errno.EPROTO;
  }

  /// Sends bytes of the relay's own.
  ///
  /// @return false if the link is broken
  public boolean send(TlsBuffers buffers, int fd, byte[] bytes) {
    ByteBuffer source = ByteBuffer.wrap(bytes);
    return wrap(buffers, fd, source) && !source.hasRemaining();
  }

  /// Sends close_notify: nothing of the relay's follows inside TLS.
  ///
  /// @return false if the link is broken
  public boolean sendCloseNotify(TlsBuffers buffers, int fd) {
    engine.closeOutbound();
    return wrap(buffers, fd, NO_PLAINTEXT);
  }

  /// Stays on for the life of the link: what the endpoint says from now on, and what it has said
  /// that was not taken, is its counterpart's. Not to be used itself any more.
  public Tunnel toTunnel(TlsBuffers buffers, int fd) {
    ByteBuffer untaken =
        ByteBuffer.wrap(plaintext, plaintextOffset, plaintext.length - plaintextOffset);
    return new TlsTunnel(engine, records, untaken, buffers, fd);
  }

  /// The handshake is done, so that frames can be sent.
  public boolean isEstablished() {
    return established && !failed;
  }

  /// The endpoint has said more than was taken so far.
  public boolean hasPlaintext() {
    return plaintextOffset < plaintext.length;
  }

  /// The endpoint has sent its close_notify: the next byte from the socket is no TLS any more.
  public boolean isCloseNotified() {
    return closeNotified;
  }

  /// What the endpoint sent was not TLS 1.3 as it has to be. It was told by an alert.
  public boolean hasFailed() {
    return failed;
  }

  /// Keying material that both ends of this TLS have and nobody else (RFC 8446, section 7.5), with
  /// an empty context.
  ///
  /// @throws IllegalStateException if the handshake is not done
  public byte[] exporter(String label, int length) {
    try {
      return ((ExtendedSSLSession) engine.getSession())
          .exportKeyingMaterialData(label, null, length);
    } catch (SSLKeyException e) {
      throw new IllegalStateException("no keying material", e);
    }
  }
}
