package org.beaconrelay.testing;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.Proof;
import org.beaconrelay.protocol.RejectReason;

/// An endpoint's connection to a relay with outer TLS, until that is taken off. It trusts any
/// relay. JSSE takes TLS records off a socket exactly, so what the relay sends behind its
/// close_notify is still there for [#raw].
///
/// **Thread:** one that sends and one that receives. **Owns:** its socket.
public final class TestTlsLink implements AutoCloseable {
  private final TestLink raw;
  private final SSLSocket tls;

  private TestTlsLink(TestLink raw, SSLSocket tls) {
    this.raw = raw;
    this.tls = tls;
  }

  /// A link that has done its handshake and says nothing yet.
  ///
  /// @param alpn what it offers, most wanted first
  public static TestTlsLink connect(InetSocketAddress relay, String... alpn) throws IOException {
    return handshake(withoutHandshake(relay, alpn));
  }

  /// The same from a source address, which others may have too.
  public static TestTlsLink from(InetAddress source, InetSocketAddress relay, String... alpn)
      throws IOException {
    return over(TestLink.connectFrom(source, relay), relay, alpn);
  }

  /// The same over a connection that is there.
  public static TestTlsLink over(TestLink raw, InetSocketAddress relay, String... alpn)
      throws IOException {
    return handshake(on(raw, relay, alpn));
  }

  private static TestTlsLink handshake(TestTlsLink link) throws IOException {
    try {
      link.tls.startHandshake();
    } catch (IOException e) {
      link.close();
      throw e;
    }
    return link;
  }

  /// A link that has only connected.
  public static TestTlsLink withoutHandshake(InetSocketAddress relay, String... alpn)
      throws IOException {
    return on(TestLink.connect(relay), relay, alpn);
  }

  private static TestTlsLink on(TestLink raw, InetSocketAddress relay, String... alpn)
      throws IOException {
    SSLSocket tls =
        (SSLSocket)
            trustingAll()
                .getSocketFactory()
                .createSocket(
                    raw.channel().socket(), relay.getHostString(), relay.getPort(), false);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setApplicationProtocols(alpn);
    tls.setSSLParameters(parameters);
    return new TestTlsLink(raw, tls);
  }

  /// A link that has announced.
  public static TestTlsLink announce(InetSocketAddress relay, Announce announce)
      throws IOException {
    TestTlsLink link = connect(relay, "brp/1");
    link.send(announce.toBytes());
    return link;
  }

  /// What makes engines and sockets of endpoints that trust any relay.
  public static SSLContext trustingAll() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustingAll()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has TLS", e);
    }
  }

  private static final class TrustingAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /// The link without its TLS.
  public TestLink raw() {
    return raw;
  }

  /// What TLS knows of the connection.
  public SSLSocket tls() {
    return tls;
  }

  /// Sends bytes inside TLS, as one record.
  public void send(byte... bytes) throws IOException {
    tls.getOutputStream().write(bytes);
  }

  public Frame receiveFrame() throws IOException {
    byte[] frame = tls.getInputStream().readNBytes(Frame.LENGTH);
    if (frame.length < Frame.LENGTH) {
      throw new EOFException(frame.length + " bytes of a frame came");
    }
    return Frame.parse(frame);
  }

  /// Takes the CHALLENGE frame.
  ///
  /// @return the nonce behind it
  public byte[] awaitChallenge() throws IOException {
    Frame frame = receiveFrame();
    if (!(frame instanceof Frame.Challenge)) {
      throw new IOException("expected CHALLENGE, got " + frame);
    }
    return tls.getInputStream().readNBytes(Proof.NONCE_LENGTH);
  }

  /// What a proof has to be bound to.
  public byte[] exporter() throws IOException {
    return ((ExtendedSSLSession) tls.getSession())
        .exportKeyingMaterialData(Proof.EXPORTER_LABEL, null, Proof.EXPORTER_LENGTH);
  }

  /// The next `length` bytes inside TLS.
  public byte[] receive(int length) throws IOException {
    byte[] bytes = tls.getInputStream().readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("%d of %d bytes came".formatted(bytes.length, length));
    }
    return bytes;
  }

  /// Takes all up to the PAIRED frame.
  ///
  /// @return the pair id
  public long awaitPaired() throws IOException {
    Frame frame = receiveFrame();
    while (frame instanceof Frame.Waiting) {
      frame = receiveFrame();
    }
    if (frame instanceof Frame.Paired(long pairId)) {
      return pairId;
    }
    throw new IOException("expected PAIRED, got " + frame);
  }

  /// Takes all up to the REJECTED frame, and the relay's close_notify behind it.
  public RejectReason awaitRejected() throws IOException {
    Frame frame = receiveFrame();
    while (frame instanceof Frame.Waiting) {
      frame = receiveFrame();
    }
    if (frame instanceof Frame.Rejected(RejectReason reason, _)) {
      awaitCloseNotify();
      return reason;
    }
    throw new IOException("expected REJECTED, got " + frame);
  }

  /// Takes the relay's close_notify.
  public void awaitCloseNotify() throws IOException {
    if (tls.getInputStream().read() >= 0) {
      throw new IOException("expected close_notify, got a byte");
    }
  }

  /// Sends close_notify.
  public void sendCloseNotify() throws IOException {
    tls.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    raw.close();
  }
}
