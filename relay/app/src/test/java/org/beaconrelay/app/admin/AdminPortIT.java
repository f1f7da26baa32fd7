package org.beaconrelay.app.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.beaconrelay.testing.Patience;
import org.beaconrelay.testing.Seeded;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The admin port against those who know HTTP, and those who mean it no good.
@Timeout(120)
@ExtendWith(Seeded.class)
final class AdminPortIT {
  private static final int LARGE_LINES = 1_000_000;
  private static final String LINE = "one line of many\n";

  private final List<Socket> sockets = new ArrayList<>();
  private final AtomicInteger begun = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();
  private AdminPort port;

  @BeforeEach
  void start() throws IOException {
    port = AdminPort.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    port.start(this::answer);
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : sockets) {
      socket.close();
    }
    port.close();
  }

  private Response made(Response.Source source) {
    begun.incrementAndGet();
    return Response.made("text/plain", source, done::incrementAndGet);
  }

  private Response answer(Request request) {
    return switch (request.path()) {
      case "/small" -> Response.text(200, "small").with("X-Other", "1");
      case "/large" -> made(AdminPortIT::writeLarge);
      case "/half" ->
          made(
              out -> {
                out.write(LINE.getBytes(UTF_8));
                throw new IOException("the rest is not to be had");
              });
      case "/bug" -> throw new IllegalStateException("a defect");
      default -> Response.text(404, "not here");
    };
  }

  private static void writeLarge(OutputStream out) throws IOException {
    byte[] line = LINE.getBytes(UTF_8);
    for (int i = 0; i < LARGE_LINES; i++) {
      out.write(line);
    }
  }

  // ---- those who know HTTP

  private HttpResponse<String> send(String method, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port.address().getPort() + path))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  @Test
  void answersGetAndHead() throws Exception {
    HttpResponse<String> response = send("GET", "/small");
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("small\n");
    assertThat(response.headers().firstValue("X-Other")).hasValue("1");
    assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");

    HttpResponse<String> head = send("HEAD", "/small");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValue("Content-Length")).hasValue("6");
    assertThat(head.body()).isEmpty();
    assertThat(send("HEAD", "/large").body()).isEmpty();
    assertThat(send("GET", "/none").statusCode()).isEqualTo(404);
  }

  @Test
  void changesNothing() throws Exception {
    HttpResponse<String> response = send("DELETE", "/small");
    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
  }

  @Test
  void sendsWhatIsLarge() throws Exception {
    assertThat(send("GET", "/large").body()).isEqualTo(LINE.repeat(LARGE_LINES));
    assertThat(speak("GET /large HTTP/1.0\r\n\r\n").split("\r\n\r\n", 2)[1])
        .isEqualTo(LINE.repeat(LARGE_LINES));
  }

  /// Whoever gets a part of something has to notice that the rest is missing.
  @Test
  void doesNotEndWhatIsNotWhole() throws Exception {
    assertThat(speak("GET /half HTTP/1.1\r\nHost: localhost\r\n\r\n")).doesNotContain("\r\n0\r\n");
  }

  /// However it ends, or where nobody wants to see more than its head.
  @Test
  void givesBackWhatAResponseHasTaken() throws Exception {
    send("HEAD", "/large");
    send("GET", "/large");
    speak("GET /half HTTP/1.1\r\nHost: localhost\r\n\r\n");
    Socket leaves = connect();
    leaves.getOutputStream().write("GET /large HTTP/1.0\r\n\r\n".getBytes(UTF_8));
    assertThat(leaves.getInputStream().read()).isEqualTo('H');
    leaves.close();
    assertThat(begun).hasValue(4);
    Patience.until(Duration.ofSeconds(20), "all have ended", () -> done.get() == 4);
  }

  @Test
  void survivesADefectOfAPage() throws Exception {
    assertThat(send("GET", "/bug").statusCode()).isEqualTo(500);
    assertThat(send("GET", "/small").statusCode()).isEqualTo(200);
  }

  // ---- those who mean it no good

  private Socket connect() throws IOException {
    Socket socket = new Socket(port.address().getAddress(), port.address().getPort());
    sockets.add(socket);
    return socket;
  }

  /// Sends something, and reads all that comes.
  private String speak(String text) throws IOException {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(text.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }

  private void assertAnswers() throws IOException {
    assertThat(speak("GET /small HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 200 OK\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /small HTTP/1.1\r\nHost: rebound.example\r\n\r\n",
        "GET /none HTTP/1.1\r\nHost: rebound.example:9443\r\n\r\n"
      })
  void tellsNothingToAPageThatHasItsNameRebound(String request) throws IOException {
    assertThat(speak(request)).startsWith("HTTP/1.1 421 ").doesNotContain("small");
  }

  @Test
  void takesARequestByteByByte() throws IOException {
    try (Socket socket = connect()) {
      socket.setTcpNoDelay(true);
      for (byte one : "GET /small HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1)) {
        socket.getOutputStream().write(one);
        socket.getOutputStream().flush();
      }
      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .endsWith("\r\n\r\nsmall\n");
    }
  }

  @Test
  void readsNoMoreThanAHead() throws IOException {
    String field = "X-Long: " + "x".repeat(100) + "\r\n";
    assertThat(speak("GET /small HTTP/1.1\r\nHost: localhost\r\n" + field.repeat(100) + "\r\n"))
        .startsWith("HTTP/1.1 431 ");
    assertThat(speak("G".repeat(Conversation.MAX_HEAD_BYTES))).startsWith("HTTP/1.1 431 ");
    assertThat(speak("GET /small HTTP/1.1\r\nHost: localhost\r\n\r\n" + "x".repeat(10_000)))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("small\n");
  }

  @Test
  void letsPortChecksGo() throws IOException {
    for (int i = 0; i < 3 * AdminPort.MAX_CONVERSATIONS; i++) {
      connect().close();
    }
    assertAnswers();
  }

  /// Its time is over at some point: nothing comes, and then the end.
  @ParameterizedTest
  @ValueSource(strings = {"", "GET /small HTTP/1.1\r\nHost: loc"})
  void cutsOffWhoDoesNotGoOn(String begun) throws IOException {
    assertThat(speak(begun)).isEmpty();
  }

  @Test
  void isNotKeptBusyByACrowdThatSaysNothing() throws IOException {
    for (int i = 0; i < 10 * AdminPort.MAX_CONVERSATIONS; i++) {
      connect().getOutputStream().write('G');
    }
    assertAnswers();
  }

  @Test
  void isNotKeptBusyByACrowdThatDoesNotRead() throws IOException {
    for (int i = 0; i < 3 * AdminPort.MAX_CONVERSATIONS; i++) {
      connect()
          .getOutputStream()
          .write("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
    }
    assertAnswers();
  }

  @Test
  void survivesNoise(Random random) throws IOException {
    for (int i = 0; i < 300; i++) {
      byte[] noise = new byte[random.nextInt(200)];
      random.nextBytes(noise);
      try (Socket socket = connect()) {
        socket.getOutputStream().write(noise);
        if (random.nextBoolean()) {
          socket.setSoLinger(true, 0);
        }
      } catch (SocketException e) {
        assertThat(e)
            .as("it has hung up already")
            .hasMessageMatching("Broken pipe|Connection reset");
      }
    }
    assertAnswers();
  }
}
