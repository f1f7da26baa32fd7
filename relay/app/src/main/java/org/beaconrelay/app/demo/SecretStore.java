package org.beaconrelay.app.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;

/// A small HTTPS service that stands for a secret store: it has one secret, and gives it to whoever
/// has the token.
///
/// **Owns:** a listening socket on loopback.
final class SecretStore implements AutoCloseable {
  static final String PATH = "/v1/secret/data/demo";
  static final String TOKEN_HEADER = "X-Vault-Token";
  static final int OK = 200;

  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final String token;
  private final String secret;

  private SecretStore(HttpsServer server, String token, String secret) {
    this.server = server;
    this.token = token;
    this.secret = secret;
  }

  /// Starts it on a free port.
  static SecretStore start(SSLContext identity, String token, String secret) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(identity));
    SecretStore store = new SecretStore(server, token, secret);
    server.setExecutor(store.threads);
    server.createContext("/", store::answer);
    server.start();
    return store;
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      if (!exchange.getRequestURI().getPath().equals(PATH)) {
        send(exchange, NOT_FOUND, "{\"errors\":[\"no such secret\"]}");
      } else if (!token.equals(exchange.getRequestHeaders().getFirst(TOKEN_HEADER))) {
        send(exchange, FORBIDDEN, "{\"errors\":[\"permission denied\"]}");
      } else {
        send(exchange, OK, "{\"data\":{\"password\":\"%s\"}}".formatted(secret));
      }
    }
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }
}
