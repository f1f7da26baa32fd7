package org.beaconrelay.endpoint;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLSocket;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Proof;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.jspecify.annotations.Nullable;

/// An endpoint's connection to a relay (PROTOCOL.md): dialled, announced, paired, and from then on
/// a socket whose bytes are the counterpart's.
///
/// Inside outer TLS it is an EXACT endpoint: JSSE takes records off a socket one by one, and not a
/// byte of what follows, so its close_notify goes out as soon as the relay has answered, and the
/// switch-over costs no round trip.
///
/// **Thread:** one that uses it; any may [#close] it. **Owns:** its socket.
final class RelayLink implements AutoCloseable {
  private static final String ALPN = "brp/1";

  /// For the handshake, for the first answer to the announce, and for the close_notify.
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(10);

  private final Socket socket;
  private final @Nullable SSLSocket outer;
  private final Role role;
  private final InfoHash infoHash;
  private final ProofSigner signer;
  private boolean proved;
  private boolean waiting;
  private boolean switched;

  private RelayLink(
      Socket socket, @Nullable SSLSocket outer, Role role, EndpointIdentity identity) {
    this.socket = socket;
    this.outer = outer;
    this.role = role;
    this.signer = new ProofSigner(identity);
    this.infoHash = identity.infoHash();
  }

  /// Dials a relay and does the handshake of the outer TLS.
  ///
  /// @param name the relay as its certificate calls it
  /// @param address where it is
  static RelayLink dial(
      String name,
      InetSocketAddress address,
      RelayTrust trust,
      Role role,
      EndpointIdentity identity)
      throws IOException {
    Socket socket = Sockets.connect(address);
    try (Deadline deadline = Deadline.of(socket, ANSWER_TIMEOUT)) {
      try {
        SSLSocket outer = trust instanceof RelayTrust.Plain ? null : secure(socket, name, trust);
        return new RelayLink(socket, outer, role, identity);
      } catch (IOException e) {
        Sockets.close(socket);
        throw deadline.explain(e);
      }
    }
  }

  private static SSLSocket secure(Socket socket, String name, RelayTrust trust) throws IOException {
    try {
      SSLSocket outer =
          (SSLSocket)
              Jsse.context(null, trust.managers())
                  .getSocketFactory()
                  .createSocket(socket, name, socket.getPort(), false);
      Jsse.restrict(outer, ALPN);
      trust.applyTo(outer);
      outer.startHandshake();
      return outer;
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS to be had: " + e.getMessage(), e);
    }
  }

  /// Announces, and waits until there is a counterpart.
  ///
  /// @param waitMs the longest wait, 0 = as long as the relay allows
  /// @param onWaiting is run when the relay knows of the link and has no counterpart for it yet
  /// @return the socket, whose next byte is the counterpart's; it is still this link's
  /// @throws RejectedException if the relay turns the announce away
  Socket awaitPaired(long waitMs, Runnable onWaiting) throws IOException {
    boolean inTls = outer != null;
    Duration patience = waitMs == 0 ? ANSWER_TIMEOUT : ANSWER_TIMEOUT.plusMillis(waitMs);
    try (Deadline deadline = Deadline.of(socket, patience)) {
      try {
        send(new Announce(role, inTls, false, true, infoHash, waitMs).toBytes());
        while (true) {
          switch (receiveFrame()) {
            case Frame.Waiting() -> {
              startWaiting();
              if (waitMs == 0) {
                deadline.close(); // TCP's probes tell whether the relay is still there
              }
              onWaiting.run();
            }
            case Frame.Paired _ -> {
              switchOver();
              awaitCloseNotify();
              return socket;
            }
            case Frame.Rejected(RejectReason reason, int retryAfterS) ->
                throw new RejectedException(reason, retryAfterS);
            case Frame.Challenge() -> prove();
          }
        }
      } catch (IOException e) {
        throw deadline.explain(e);
      }
    }
  }

  private void prove() throws IOException {
    if (proved || waiting) {
      throw new IOException("the relay asks for a proof when it has had its answer");
    }
    proved = true;
    byte[] nonce = receive(Proof.NONCE_LENGTH);
    byte[] exporter =
        outer == null
            ? new byte[0]
            : ((ExtendedSSLSession) outer.getSession())
                .exportKeyingMaterialData(Proof.EXPORTER_LABEL, null, Proof.EXPORTER_LENGTH);
    send(signer.prove(role, nonce, exporter).toBytes());
  }

  private void startWaiting() throws IOException {
    if (waiting) {
      throw new IOException("the relay says twice that there is no counterpart yet");
    }
    waiting = true;
    switchOver();
  }

  private void send(byte[] bytes) throws IOException {
    (outer == null ? socket : outer).getOutputStream().write(bytes);
  }

  private byte[] receive(int length) throws IOException {
    byte[] bytes = (outer == null ? socket : outer).getInputStream().readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("the relay closed the link");
    }
    return bytes;
  }

  private Frame receiveFrame() throws IOException {
    byte[] frame = receive(Frame.LENGTH);
    try {
      return Frame.parse(frame);
    } catch (IllegalArgumentException e) {
      throw new IOException("what answers is not a relay: " + e.getMessage(), e);
    }
  }

  private void switchOver() throws IOException {
    if (outer != null && !switched) {
      switched = true;
      outer.shutdownOutput();
    }
  }

  private void awaitCloseNotify() throws IOException {
    if (outer == null) {
      return;
    }
    try (Deadline deadline = Deadline.of(socket, ANSWER_TIMEOUT)) {
      try {
        if (outer.getInputStream().read() >= 0) {
          throw new IOException("the relay sent more inside TLS than there is to say");
        }
      } catch (IOException e) {
        throw deadline.explain(e);
      }
    }
  }

  /// Gives the descriptor back: a FIN, or a reset if bytes are unread.
  @Override
  public void close() {
    Sockets.close(socket);
  }
}
