package org.beaconrelay.perf.compare;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.beaconrelay.perf.Pair;
import org.beaconrelay.perf.RunFailedException;
import org.jspecify.annotations.Nullable;

/// A client of Syncthing's relay that asks for sessions with itself. It has joined the relay by a
/// connection inside TLS that stays; a session is asked for by another, which the relay ends. Each
/// of the two then gets the key of one end of the session, which dials in without TLS.
///
/// **Owns:** the connection that stays.
final class StrelaysrvClient implements PairOpener {
  /// Of the store of a key that opens nothing but this.
  static final String PASSWORD = "compare";

  private static final String ALIAS = "mykey";
  private static final String PROTOCOL = "bep-relay";
  private static final int KEY_IN_INVITATION = 1;

  private final InetSocketAddress relay;
  private final SSLSocketFactory sockets;
  private final byte[] deviceId;
  private @Nullable SSLSocket joined;

  private StrelaysrvClient(InetSocketAddress relay, SSLSocketFactory sockets, byte[] deviceId) {
    this.relay = relay;
    this.sockets = sockets;
    this.deviceId = deviceId;
  }

  static StrelaysrvClient of(InetSocketAddress relay, Path keyStore)
      throws IOException, RunFailedException {
    try (InputStream in = Files.newInputStream(keyStore)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD.toCharArray());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), new TrustManager[] {new TrustAll()}, null);
      byte[] certificate = store.getCertificate(ALIAS).getEncoded();
      byte[] deviceId = MessageDigest.getInstance("SHA-256").digest(certificate);
      return new StrelaysrvClient(relay, context.getSocketFactory(), deviceId);
    } catch (GeneralSecurityException e) {
      throw new RunFailedException("the client's key cannot be used", e);
    }
  }

  @Override
  public Pair open() throws IOException {
    if (joined == null) {
      joined = join();
    }
    byte[] brokerKey = requestSession();
    byte[] bridgeKey = invitation(joined);
    Pair pair = new Pair(SocketChannel.open(), SocketChannel.open());
    try {
      // One after the other: it turns away the second one while it is busy with the first.
      joinSession(pair.bridge(), bridgeKey);
      joinSession(pair.broker(), brokerKey);
      return pair;
    } catch (IOException e) {
      pair.close();
      throw e;
    }
  }

  private SSLSocket join() throws IOException {
    SSLSocket socket = connect();
    try {
      send(socket, new StrelaysrvMessage(StrelaysrvMessage.JOIN_RELAY_REQUEST, new byte[0]));
      StrelaysrvMessage.requireSuccess(socket.getInputStream());
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private byte[] requestSession() throws IOException {
    try (SSLSocket socket = connect()) {
      send(socket, StrelaysrvMessage.ofOpaque(StrelaysrvMessage.CONNECT_REQUEST, deviceId));
      return invitation(socket);
    }
  }

  private static byte[] invitation(SSLSocket socket) throws IOException {
    return StrelaysrvMessage.read(socket.getInputStream(), StrelaysrvMessage.SESSION_INVITATION)
        .opaque(KEY_IN_INVITATION);
  }

  private void joinSession(SocketChannel link, byte[] key) throws IOException {
    StrelaysrvMessage request =
        StrelaysrvMessage.ofOpaque(StrelaysrvMessage.JOIN_SESSION_REQUEST, key);
    Greeting.send(link, relay, request.toBytes());
    StrelaysrvMessage.requireSuccess(Greeting.answer(link));
  }

  private SSLSocket connect() throws IOException {
    SSLSocket socket = (SSLSocket) sockets.createSocket();
    try {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setApplicationProtocols(new String[] {PROTOCOL});
      socket.setSSLParameters(parameters);
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(Greeting.ANSWER_TIMEOUT_MS);
      socket.connect(relay);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }

  private static void send(SSLSocket socket, StrelaysrvMessage message) throws IOException {
    socket.getOutputStream().write(message.toBytes());
  }

  /// The end of a stream does not arrive: only when both streams of a session have ended, both its
  /// connections are reset.
  @Override
  public boolean passesEndsOn() {
    return false;
  }

  @Override
  public void close() throws IOException {
    if (joined != null) {
      joined.close();
    }
  }

  /// The relay was started here, and is reached over loopback.
  private static final class TrustAll implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
