package org.beaconrelay.endpoint;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLSocket;
import jdk.net.ExtendedSocketOptions;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.InfoHash;
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
  private static final int CONNECT_TIMEOUT_MS = 5_000;

  /// For handshake and first answer of the relay.
  private static final int ANSWER_TIMEOUT_MS = 10_000;

  private static final int KEEPALIVE_IDLE_S = 30;
  private static final int KEEPALIVE_INTERVAL_S = 10;
  private static final int KEEPALIVE_COUNT = 3;

  private final Socket socket;
  private final @Nullable SSLSocket outer;
  private final Role role;
  private final InfoHash infoHash;
  private boolean switched;

  private RelayLink(
      Socket socket, @Nullable SSLSocket outer, Role role, EndpointIdentity identity) {
    this.socket = socket;
    this.outer = outer;
    this.role = role;
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
    Socket socket = new Socket();
    try {
      socket.connect(address, CONNECT_TIMEOUT_MS);
      setOptions(socket);
      socket.setSoTimeout(ANSWER_TIMEOUT_MS);
      SSLSocket outer = trust instanceof RelayTrust.Plain ? null : secure(socket, name, trust);
      return new RelayLink(socket, outer, role, identity);
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static void setOptions(Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setOption(StandardSocketOptions.SO_KEEPALIVE, true);
    socket.setOption(ExtendedSocketOptions.TCP_KEEPIDLE, KEEPALIVE_IDLE_S);
    socket.setOption(ExtendedSocketOptions.TCP_KEEPINTERVAL, KEEPALIVE_INTERVAL_S);
    socket.setOption(ExtendedSocketOptions.TCP_KEEPCOUNT, KEEPALIVE_COUNT);
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
    send(new Announce(role, inTls, false, false, infoHash, waitMs).toBytes());
    while (true) {
      switch (receiveFrame()) {
        case Frame.Waiting() -> {
          switchOver();
          socket.setSoTimeout(0);
          onWaiting.run();
        }
        case Frame.Paired _ -> {
          switchOver();
          awaitCloseNotify();
          socket.setSoTimeout(0);
          return socket;
        }
        case Frame.Rejected(RejectReason reason, int retryAfterS) ->
            throw new RejectedException(reason, retryAfterS);
        case Frame.Challenge() ->
            throw new IOException("the relay asks for a proof that was not offered");
      }
    }
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
    if (outer != null && outer.getInputStream().read() >= 0) {
      throw new IOException("the relay sent more inside TLS than there is to say");
    }
  }

  /// Gives the descriptor back: a FIN, or a reset if bytes are unread.
  @Override
  public void close() {
    Sockets.close(socket);
  }
}
