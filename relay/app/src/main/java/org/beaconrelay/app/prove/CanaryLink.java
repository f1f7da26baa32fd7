package org.beaconrelay.app.prove;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.beaconrelay.endpoint.RelayTrust;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.jspecify.annotations.Nullable;

/// An endpoint's link that has nothing end to end inside: once it is paired, what it sends is what
/// the relay passes on, byte for byte.
///
/// **Thread:** one that sends and one that receives. **Owns:** its socket.
final class CanaryLink implements AutoCloseable {
  private static final String ALPN = "brp/1";
  private static final int PATIENCE_MS = 20_000;

  private final CountingSocket socket;
  private final @Nullable SSLSocket outer;
  private final LinkMode mode;
  private long openingBytes;

  private CanaryLink(CountingSocket socket, @Nullable SSLSocket outer, LinkMode mode) {
    this.socket = socket;
    this.outer = outer;
    this.mode = mode;
  }

  /// A link that has announced.
  ///
  /// @param earlyData what it sends to its counterpart as early as it may
  static CanaryLink announce(
      RelayRun relay, LinkMode mode, Role role, InfoHash infoHash, byte[] earlyData)
      throws IOException {
    CountingSocket socket = new CountingSocket();
    try {
      socket.setSoTimeout(PATIENCE_MS);
      socket.setTcpNoDelay(true);
      socket.connect(relay.address(), PATIENCE_MS);
      SSLSocket outer = mode.inTls() ? secure(socket, relay) : null;
      CanaryLink link = new CanaryLink(socket, outer, mode);
      boolean exact = mode == LinkMode.EXACT;
      boolean tunnel = mode == LinkMode.TUNNEL;
      Announce announce = new Announce(role, exact, tunnel, false, infoHash, 0);
      link.inner().getOutputStream().write(announce.toBytes());
      if (mode != LinkMode.INEXACT) {
        link.takeTlsOff();
        link.out().write(earlyData);
      }
      return link;
    } catch (IOException | RuntimeException e) {
      socket.close();
      throw e;
    }
  }

  private static SSLSocket secure(Socket socket, RelayRun relay) throws IOException {
    RelayTrust trust = new RelayTrust.Pins(Set.of(relay.certificateSha256()));
    try {
      SSLContext context = SSLContext.getInstance("TLSv1.3");
      context.init(null, trust.managers(), null);
      SSLSocket outer =
          (SSLSocket)
              context
                  .getSocketFactory()
                  .createSocket(socket, "127.0.0.1", relay.address().getPort(), false);
      SSLParameters parameters = outer.getSSLParameters();
      parameters.setProtocols(new String[] {"TLSv1.3"});
      parameters.setApplicationProtocols(new String[] {ALPN});
      outer.setSSLParameters(parameters);
      outer.startHandshake();
      return outer;
    } catch (GeneralSecurityException e) {
      throw new IOException("no TLS to be had: " + e.getMessage(), e);
    }
  }

  /// Where frames are.
  private Socket inner() {
    return outer == null ? socket : outer;
  }

  /// Says close_notify where TLS does not stay on; from here on all is the counterpart's.
  private void takeTlsOff() throws IOException {
    if (outer != null && mode != LinkMode.TUNNEL) {
      outer.shutdownOutput();
    }
    openingBytes = socket.sentBytes();
  }

  /// Takes the WAITING frame.
  void awaitWaiting() throws IOException {
    Frame frame = receiveFrame();
    if (!(frame instanceof Frame.Waiting)) {
      throw new IOException("the relay did not have it wait, but answered " + frame);
    }
  }

  /// Takes the PAIRED frame, and the relay's close_notify where TLS does not stay on.
  ///
  /// @param earlyData see [#announce]: a link that is not exact may send it now
  void awaitPaired(byte[] earlyData) throws IOException {
    Frame frame = receiveFrame();
    if (!(frame instanceof Frame.Paired)) {
      throw new IOException("the relay did not pair it, but answered " + frame);
    }
    if (outer != null && mode != LinkMode.TUNNEL && outer.getInputStream().read() >= 0) {
      throw new IOException("the relay sent more inside TLS than there is to say");
    }
    if (mode == LinkMode.INEXACT) {
      takeTlsOff();
      out().write(earlyData);
    }
  }

  /// Why the relay turns it away; null if it does not.
  @Nullable RejectReason awaitAnswer() throws IOException {
    return receiveFrame() instanceof Frame.Rejected(RejectReason reason, _) ? reason : null;
  }

  private Frame receiveFrame() throws IOException {
    byte[] frame = inner().getInputStream().readNBytes(Frame.LENGTH);
    if (frame.length < Frame.LENGTH) {
      throw new EOFException("the relay closed the link");
    }
    try {
      return Frame.parse(frame);
    } catch (IllegalArgumentException e) {
      throw new IOException("the relay sent what is no frame: " + e.getMessage(), e);
    }
  }

  /// All that it sent before what is its counterpart's: TLS, announce, close_notify.
  long openingBytes() {
    return openingBytes;
  }

  OutputStream out() throws IOException {
    return (mode == LinkMode.TUNNEL ? inner() : socket).getOutputStream();
  }

  InputStream in() throws IOException {
    return (mode == LinkMode.TUNNEL ? inner() : socket).getInputStream();
  }

  /// Sends a FIN, or a close_notify where TLS stays on; receiving goes on.
  void halfClose() throws IOException {
    (mode == LinkMode.TUNNEL ? inner() : socket).shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
