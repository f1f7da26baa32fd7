package org.beaconrelay.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.endpoint.pki.KeyedCertificate;
import org.beaconrelay.endpoint.pki.SelfSigned;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Services that have never heard of Beacon, through bridge, relay and broker: nginx over HTTPS
/// with curl, and Redis with its own client.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class RealServicesIT {
  private static final long GIBIBYTE = 1L << 30;
  private static final int REQUESTS = 200;

  @TempDir private Path folder;

  private @Nullable Process server;

  @AfterEach
  void stopServer() {
    if (server != null) {
      server.destroyForcibly();
      server.onExit().join();
    }
  }

  // ---- nginx

  /// @return its port
  private int startNginx() throws Exception {
    String nginx = Programs.find("nginx");
    KeyedCertificate own =
        SelfSigned.make("store", List.of("store.example"), InstantSource.system());
    Files.writeString(folder.resolve("store.pem"), own.certificatePem());
    Files.writeString(folder.resolve("store.key"), own.keyPem());
    Files.createDirectory(folder.resolve("www"));
    Files.writeString(folder.resolve("www/secret"), "open sesame\n");
    int port = Programs.freePort();
    Files.writeString(
        folder.resolve("nginx.conf"),
        """
        daemon off;
        master_process off;
        pid nginx.pid;
        error_log stderr;
        events { worker_connections 1024; }
        http {
          access_log off;
          client_body_temp_path body;
          proxy_temp_path proxy;
          fastcgi_temp_path fastcgi;
          uwsgi_temp_path uwsgi;
          scgi_temp_path scgi;
          client_max_body_size 0;
          server {
            listen 127.0.0.1:%d ssl;
            server_name store.example;
            ssl_certificate store.pem;
            ssl_certificate_key store.key;
            root www;
            dav_methods PUT;
          }
        }
        """
            .formatted(port));
    server =
        Programs.startServer(
            folder, port, nginx, "-p", folder + "/", "-c", "nginx.conf", "-e", "stderr");
    return port;
  }

  private String curl(ThroughRelay way, String... arguments) throws Exception {
    int port = way.address().getPort();
    return run(
        List.of(
            "curl",
            "--no-progress-meter",
            "--fail",
            "--cacert",
            "store.pem",
            "--connect-to",
            "store.example:443:127.0.0.1:" + port),
        arguments);
  }

  /// Runs a client to its end, which has to be a good one.
  private String run(List<String> client, String... arguments) throws Exception {
    return Programs.run(folder, command(client, arguments));
  }

  private static String[] command(List<String> client, String... arguments) {
    List<String> command = new ArrayList<>(client);
    command.set(0, Programs.find(client.getFirst()));
    command.addAll(List.of(arguments));
    return command.toArray(String[]::new);
  }

  @Test
  void carriesAGibibyteEachWay() throws Exception {
    int port = startNginx();
    String sent = writeRandom(folder.resolve("www/large"));
    try (ThroughRelay way = ThroughRelay.to(port, folder)) {
      curl(way, "--output", "got", "https://store.example/large");
      assertThat(hashOf(folder.resolve("got"))).isEqualTo(sent);
      curl(way, "--upload-file", "got", "https://store.example/put");
      assertThat(hashOf(folder.resolve("www/put"))).isEqualTo(sent);
      assertQuiet(way);
    }
  }

  @Test
  void servesManyRequestsAtATime() throws Exception {
    int port = startNginx();
    try (ThroughRelay way = ThroughRelay.to(port, folder)) {
      String said =
          curl(
              way,
              "--parallel",
              "--parallel-immediate",
              "--parallel-max",
              String.valueOf(REQUESTS),
              "--http1.1",
              "--header",
              "Connection: close",
              "https://store.example/secret?[1-%d]".formatted(REQUESTS));
      // On a busy machine a broker may try a second bridge, and the first one tells of that.
      assertThat(said.lines()).hasSize(REQUESTS).containsOnly("open sesame");
    }
  }

  @Test
  void keepsConnectionsForFurtherRequests() throws Exception {
    int port = startNginx();
    try (ThroughRelay way = ThroughRelay.to(port, folder)) {
      String said =
          curl(
              way,
              "--write-out",
              "%{num_connects} ",
              "https://store.example/secret",
              "https://store.example/secret",
              "https://store.example/secret");
      assertThat(said).isEqualTo("open sesame\n1 open sesame\n0 open sesame\n0 ");
    }
  }

  private static String writeRandom(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    Random random = new Random(7);
    byte[] block = new byte[1 << 20];
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long written = 0; written < GIBIBYTE; written += block.length) {
        random.nextBytes(block);
        digest.update(block);
        out.write(block);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static String hashOf(Path file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] block = new byte[1 << 20];
    try (InputStream in = Files.newInputStream(file)) {
      for (int length = in.read(block); length >= 0; length = in.read(block)) {
        digest.update(block, 0, length);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void assertQuiet(ThroughRelay way) {
    assertThat(way.bridge().err()).isEmpty();
    assertThat(way.broker().err()).isEmpty();
  }

  // ---- Redis

  /// @return its port
  private int startRedis() throws IOException {
    String redis = Programs.find("redis-server");
    int port = Programs.freePort();
    server =
        Programs.startServer(
            folder,
            port,
            redis,
            "--port",
            String.valueOf(port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no");
    return port;
  }

  private static List<String> redisCli(ThroughRelay way) {
    return List.of("redis-cli", "-p", String.valueOf(way.address().getPort()));
  }

  @Test
  void storesAndGetsBack() throws Exception {
    int port = startRedis();
    try (ThroughRelay way = ThroughRelay.to(port, folder)) {
      assertThat(run(redisCli(way), "SET", "key", "value")).isEqualTo("OK\n");
      assertThat(run(redisCli(way), "GET", "key")).isEqualTo("value\n");
      assertThat(run(redisCli(way), "-r", "500", "INCR", "count").lines())
          .hasSize(500)
          .endsWith("500");
      assertQuiet(way);
    }
  }

  /// A stream both of whose ends speak whenever they have something to say.
  @Test
  void carriesMessagesToASubscriber() throws Exception {
    int port = startRedis();
    try (ThroughRelay way = ThroughRelay.to(port, folder)) {
      Process subscriber = new ProcessBuilder(command(redisCli(way), "SUBSCRIBE", "news")).start();
      try (BufferedReader out = subscriber.inputReader(UTF_8)) {
        assertThat(out.readLine()).isEqualTo("subscribe");
        assertThat(out.readLine()).isEqualTo("news");
        assertThat(out.readLine()).isEqualTo("1");
        Process publisher = new ProcessBuilder(command(redisCli(way))).start();
        try (OutputStream in = publisher.getOutputStream()) {
          for (int i = 0; i < 1000; i++) {
            in.write("PUBLISH news message-%d\n".formatted(i).getBytes(US_ASCII));
            in.flush();
            assertThat(out.readLine()).isEqualTo("message");
            assertThat(out.readLine()).isEqualTo("news");
            assertThat(out.readLine()).isEqualTo("message-" + i);
          }
        }
        assertThat(publisher.waitFor(20, TimeUnit.SECONDS)).isTrue();
      } finally {
        subscriber.destroyForcibly();
      }
    }
  }
}
