package org.beaconrelay.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import org.beaconrelay.endpoint.HostPort;

/// Asks the admin port of a relay.
final class AdminClient {
  private static final Duration CONNECT_TIME = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIME = Duration.ofSeconds(30);
  private static final int MAX_REASON_BYTES = 1000;

  private AdminClient() {}

  /// Asks for a page. Reading on fails if the answer breaks off.
  ///
  /// @throws ConnectException if it cannot be reached; why is its message, in words
  /// @throws IOException if it answers that it has no such page, or nothing of use
  static InputStream get(HostPort admin, String path) throws IOException {
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create("http://" + admin + path).toURL().openConnection(Proxy.NO_PROXY);
    connection.setConnectTimeout((int) CONNECT_TIME.toMillis());
    connection.setReadTimeout((int) ANSWER_TIME.toMillis());
    connection.setInstanceFollowRedirects(false);
    connect(connection);
    int status = connection.getResponseCode();
    if (status != HttpURLConnection.HTTP_OK) {
      throw new IOException("answered %d %s".formatted(status, reason(connection)));
    }
    return connection.getInputStream();
  }

  /// Whatever is in the way of a connection is told as one thing: no such host, no route to it,
  /// nobody there, no answer in time.
  private static void connect(HttpURLConnection connection) throws ConnectException {
    try {
      connection.connect();
    } catch (IOException e) {
      ConnectException unreachable = new ConnectException(IoProblems.text(e));
      unreachable.initCause(e);
      throw unreachable;
    }
  }

  private static String reason(HttpURLConnection connection) throws IOException {
    try (InputStream in = connection.getErrorStream()) {
      return in == null
          ? "and nothing else"
          : Quoted.of(new String(in.readNBytes(MAX_REASON_BYTES), UTF_8).strip());
    }
  }
}
