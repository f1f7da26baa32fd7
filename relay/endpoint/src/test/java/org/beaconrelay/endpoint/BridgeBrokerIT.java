package org.beaconrelay.endpoint;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.beaconrelay.testing.Patience;
import org.beaconrelay.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A caller, a broker, a relay, a bridge, a service, and what goes to and fro.
@ExtendWith({LeakCheck.class, Seeded.class})
final class BridgeBrokerIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int MIB = 1 << 20;

  private static void say(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(US_ASCII));
  }

  private static String hear(Socket socket, int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), US_ASCII);
  }

  /// A service that hands its connections to the test.
  private static StandIn handingOver(BlockingQueue<Socket> connections) throws IOException {
    return StandIn.start(
        socket -> {
          connections.add(socket);
          awaitClosed(socket);
        });
  }

  private static void awaitClosed(Socket socket) {
    Patience.until(Duration.ofMinutes(2), "closed by the test", socket::isClosed);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void carriesARequestAndItsAnswer(boolean tls) throws Exception {
    try (TestRelay relay = TestRelay.start(tls);
        StandIn service = StandIn.start(StandIn::echo);
        Rig rig = Rig.start(relay, service);
        Socket caller = rig.call()) {
      say(caller, "hello");
      assertThat(hear(caller, 5)).isEqualTo("hello");
      say(caller, "again");
      assertThat(hear(caller, 5)).isEqualTo("again");
      assertThat(rig.bridge.openConnections()).isEqualTo(1);
      caller.shutdownOutput();
      assertThat(caller.getInputStream().read()).isEqualTo(-1);
      Patience.until(PATIENCE, "both have ended", () -> rig.broker.openConnections() == 0);
      Patience.until(PATIENCE, "both have ended", () -> rig.bridge.openConnections() == 0);
      assertThat(rig.bridgeSaid.problems()).isEmpty();
      assertThat(rig.brokerSaid.problems()).isEmpty();
    }
  }

  @Test
  void knowsARelayByTheAuthorityThatIssuedItsCertificate() throws Exception {
    RelayTrust trust = new RelayTrust.Authorities(TestRelay.certificate().chain());
    try (TestRelay relay = TestRelay.start(true);
        StandIn service = StandIn.start(StandIn::echo);
        Rig rig =
            Rig.of(
                Rig.bridge(List.of(relay.address()), trust, service.address(), 1),
                Rig.broker(List.of(new HostPort("localhost", relay.port())), trust));
        Socket caller = rig.call()) {
      say(caller, "hello");
      assertThat(hear(caller, 5)).isEqualTo("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void carries64MebibytesEachWayAtOnce(boolean tls, Random random) throws Exception {
    byte[] piece = new byte[MIB + 1];
    random.nextBytes(piece);
    int pieces = 64;
    CompletableFuture<byte[]> atService = new CompletableFuture<>();
    try (TestRelay relay = TestRelay.start(tls);
        StandIn service =
            StandIn.start(
                socket -> {
                  Thread sender = Thread.ofVirtual().start(() -> send(socket, piece, pieces));
                  atService.complete(digestOf(socket));
                  join(sender);
                });
        Rig rig = Rig.start(relay, service);
        Socket caller = rig.call()) {
      Thread sender = Thread.ofVirtual().start(() -> send(caller, piece, pieces));
      byte[] atCaller = digestOf(caller);
      sender.join();
      MessageDigest expected = MessageDigest.getInstance("SHA-256");
      for (int i = 0; i < pieces; i++) {
        expected.update(piece);
      }
      byte[] digest = expected.digest();
      assertThat(atCaller).isEqualTo(digest);
      assertThat(atService.get()).isEqualTo(digest);
    }
  }

  private static void send(Socket socket, byte[] piece, int pieces) {
    try {
      OutputStream out = socket.getOutputStream();
      for (int i = 0; i < pieces; i++) {
        out.write(piece);
      }
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] digestOf(Socket socket) throws IOException {
    try {
      DigestInputStream in =
          new DigestInputStream(socket.getInputStream(), MessageDigest.getInstance("SHA-256"));
      in.transferTo(OutputStream.nullOutputStream());
      return in.getMessageDigest().digest();
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16_383, 16_384, 16_385, 32_767, 32_768, 32_769, 65_536, 100_003})
  void carriesLengthsAroundThoseOfRecordsAndBuffers(int length) throws Exception {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    try (TestRelay relay = TestRelay.start(true);
        StandIn service = StandIn.start(StandIn::echo);
        Rig rig = Rig.start(relay, service);
        Socket caller = rig.call()) {
      Thread sender = Thread.ofVirtual().start(() -> send(caller, bytes, 1));
      assertThat(caller.getInputStream().readAllBytes()).isEqualTo(bytes);
      sender.join();
    }
  }

  // ---- ends

  @Test
  void theServiceStillAnswersACallerThatHasSentItsFin() throws Exception {
    try (TestRelay relay = TestRelay.start(true);
        StandIn service =
            StandIn.start(
                socket -> {
                  byte[] question = socket.getInputStream().readAllBytes();
                  socket.getOutputStream().write(question);
                });
        Rig rig = Rig.start(relay, service);
        Socket caller = rig.call()) {
      say(caller, "question");
      caller.shutdownOutput();
      assertThat(caller.getInputStream().readAllBytes()).isEqualTo("question".getBytes(US_ASCII));
    }
  }

  @Test
  void theCallerStillSendsToAServiceThatHasSentItsFin() throws Exception {
    CompletableFuture<byte[]> heard = new CompletableFuture<>();
    try (TestRelay relay = TestRelay.start(true);
        StandIn service =
            StandIn.start(
                socket -> {
                  socket.shutdownOutput();
                  heard.complete(socket.getInputStream().readAllBytes());
                });
        Rig rig = Rig.start(relay, service);
        Socket caller = rig.call()) {
      assertThat(caller.getInputStream().read()).isEqualTo(-1);
      say(caller, "behind the FIN");
      caller.shutdownOutput();
      assertThat(heard.get()).isEqualTo("behind the FIN".getBytes(US_ASCII));
    }
  }

  @Test
  void aServiceMaySpeakFirst() throws Exception {
    try (TestRelay relay = TestRelay.start(true);
        StandIn service = StandIn.start(socket -> say(socket, "220 ready"));
        Rig rig = Rig.start(relay, service);
        Socket caller = rig.call()) {
      assertThat(caller.getInputStream().readAllBytes()).isEqualTo("220 ready".getBytes(US_ASCII));
    }
  }

  @Test
  void aConnectionMayCarryNothing() throws Exception {
    try (TestRelay relay = TestRelay.start(true);
        StandIn service = StandIn.start(StandIn::readAll);
        Rig rig = Rig.start(relay, service)) {
      for (int i = 0; i < 20; i++) {
        try (Socket caller = rig.call()) {
          caller.shutdownOutput();
          assertThat(caller.getInputStream().read()).isEqualTo(-1);
        }
      }
      assertThat(service.accepted()).isEqualTo(20);
      assertThat(rig.brokerSaid.problems()).isEmpty();
    }
  }

  @Test
  void theCallersResetReachesTheService() throws Exception {
    BlockingQueue<Socket> atService = new LinkedBlockingQueue<>();
    try (TestRelay relay = TestRelay.start(true);
        StandIn service = handingOver(atService);
        Rig rig = Rig.start(relay, service);
        Socket caller = rig.call();
        Socket callee = atService.take()) {
      say(caller, "half a ques");
      assertThat(hear(callee, 11)).isEqualTo("half a ques");
      Sockets.reset(caller);
      assertThatThrownBy(() -> callee.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void theServicesResetReachesTheCaller() throws Exception {
    BlockingQueue<Socket> atService = new LinkedBlockingQueue<>();
    try (TestRelay relay = TestRelay.start(true);
        StandIn service = handingOver(atService);
        Rig rig = Rig.start(relay, service);
        Socket caller = rig.call();
        Socket callee = atService.take()) {
      say(callee, "half an ans");
      assertThat(hear(caller, 11)).isEqualTo("half an ans");
      Sockets.reset(callee);
      assertThatThrownBy(() -> caller.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void aLinkThatIsCutOffIsNeverTakenForAnEnd() throws Exception {
    BlockingQueue<Socket> atService = new LinkedBlockingQueue<>();
    try (TestRelay relay = TestRelay.start(true);
        StandIn service = handingOver(atService);
        Rig rig = Rig.start(relay, service);
        Socket caller = rig.call();
        Socket callee = atService.take()) {
      say(callee, "half an ans");
      assertThat(hear(caller, 11)).isEqualTo("half an ans");
      relay.close();
      assertThatThrownBy(() -> caller.getInputStream().read()).isInstanceOf(SocketException.class);
      assertThatThrownBy(() -> callee.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }

  @Test
  void tellsAtOnceThatTheServiceIsDown() throws Exception {
    StandIn gone = StandIn.start(StandIn::echo);
    gone.close();
    try (TestRelay relay = TestRelay.start(true);
        Rig rig = Rig.start(relay, gone);
        Socket caller = rig.call()) {
      assertThatThrownBy(() -> caller.getInputStream().read()).isInstanceOf(SocketException.class);
      rig.bridgeSaid.awaitProblem(
          "the service %s cannot be reached: nobody listens there".formatted(gone.address()));
      rig.brokerSaid.awaitProblem("a connection was cut off before the service said anything");
    }
  }

  // ---- back-pressure

  /// A sender that is stopped has not got rid of more than what fits into the buffers on the way.
  private static void assertStopsTheSender(Socket sender, Socket receiver) throws Exception {
    AtomicLong sent = new AtomicLong();
    int total = 256 * MIB;
    Thread sending =
        Thread.ofVirtual()
            .start(
                () -> {
                  byte[] piece = new byte[MIB];
                  try {
                    while (sent.get() < total) {
                      sender.getOutputStream().write(piece);
                      sent.addAndGet(piece.length);
                    }
                    sender.shutdownOutput();
                  } catch (IOException e) {
                    throw new AssertionError(e);
                  }
                });
    long[] before = {-1, System.nanoTime()};
    Patience.until(
        PATIENCE,
        "the sender is stopped",
        () -> {
          long now = System.nanoTime();
          if (sent.get() != before[0]) {
            before[0] = sent.get();
            before[1] = now;
          }
          return now - before[1] > 500_000_000L && sending.getState() == Thread.State.WAITING;
        });
    assertThat(sent.get()).isLessThan(128L * MIB);
    long received = receiver.getInputStream().transferTo(OutputStream.nullOutputStream());
    assertThat(received).isEqualTo(total);
    sending.join();
  }

  @Test
  void aCallerThatDoesNotReadStopsTheService() throws Exception {
    BlockingQueue<Socket> atService = new LinkedBlockingQueue<>();
    try (TestRelay relay = TestRelay.start(true);
        StandIn service = handingOver(atService);
        Rig rig = Rig.start(relay, service);
        Socket caller = rig.call();
        Socket callee = atService.take()) {
      assertStopsTheSender(callee, caller);
    }
  }

  @Test
  void aServiceThatDoesNotReadStopsTheCaller() throws Exception {
    BlockingQueue<Socket> atService = new LinkedBlockingQueue<>();
    try (TestRelay relay = TestRelay.start(true);
        StandIn service = handingOver(atService);
        Rig rig = Rig.start(relay, service);
        Socket caller = rig.call();
        Socket callee = atService.take()) {
      assertStopsTheSender(caller, callee);
    }
  }

  // ---- many

  @Test
  void carries200ConnectionsAtATime() throws Exception {
    try (TestRelay relay = TestRelay.start(true);
        StandIn service = StandIn.start(StandIn::echo);
        Rig rig = Rig.start(relay, service, 8);
        ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Socket> open = new ArrayList<>();
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String name = "caller %03d".formatted(i);
        Socket caller = rig.call();
        open.add(caller);
        answers.add(
            callers.submit(
                () -> {
                  say(caller, name);
                  return hear(caller, name.length());
                }));
      }
      for (int i = 0; i < answers.size(); i++) {
        assertThat(answers.get(i).get()).isEqualTo("caller %03d".formatted(i));
      }
      assertThat(service.open()).isEqualTo(200);
      assertThat(rig.broker.openConnections()).isEqualTo(200);
      for (Socket caller : open) {
        caller.close();
      }
      Patience.until(PATIENCE, "all have ended", () -> rig.bridge.openConnections() == 0);
    }
  }

  @Test
  void keepsSoManyLinksWaiting() throws Exception {
    try (TestRelay relay = TestRelay.start(true);
        StandIn service = StandIn.start(StandIn::echo);
        Rig rig = Rig.start(relay, service, 7)) {
      relay.awaitWaitingLinks(7);
      assertThat(LeakCheck.endpointThreads()).as("LeakCheck finds them").hasSizeGreaterThan(7);
      List<Socket> callers = new ArrayList<>();
      for (int i = 0; i < 7; i++) {
        Socket caller = rig.call();
        callers.add(caller);
        say(caller, "x");
      }
      for (Socket caller : callers) {
        assertThat(hear(caller, 1)).isEqualTo("x");
      }
      relay.awaitWaitingLinks(7);
      relay.awaitOpenLinks(7 + 2 * 7);
      for (Socket caller : callers) {
        caller.close();
      }
      relay.awaitOpenLinks(7);
    }
  }

  @Test
  void oneConnectionCarriesManyRequests() throws Exception {
    try (TestRelay relay = TestRelay.start(true);
        StandIn service = StandIn.start(StandIn::echo);
        Rig rig = Rig.start(relay, service);
        Socket caller = rig.call()) {
      DataInputStream in = new DataInputStream(caller.getInputStream());
      for (int i = 0; i < 2_000; i++) {
        caller.getOutputStream().write(new byte[] {(byte) i});
        assertThat(in.readByte()).isEqualTo((byte) i);
      }
      assertThat(relay.pairs()).isEqualTo(1);
    }
  }

  @Test
  void aThousandConnectionsInARowLeaveNothingBehind() throws Exception {
    try (TestRelay relay = TestRelay.start(false);
        StandIn service = StandIn.start(StandIn::echo);
        Rig rig = Rig.start(relay, service, 4)) {
      relay.awaitWaitingLinks(4);
      for (int i = 0; i < 1_000; i++) {
        try (Socket caller = rig.call()) {
          say(caller, "ping");
          assertThat(hear(caller, 4)).isEqualTo("ping");
        }
      }
      relay.awaitWaitingLinks(4);
      relay.awaitOpenLinks(4);
      Patience.until(PATIENCE, "all have ended", () -> rig.broker.openConnections() == 0);
      Patience.until(PATIENCE, "all have ended", () -> rig.bridge.openConnections() == 0);
      assertThat(rig.bridgeSaid.problems()).isEmpty();
    }
  }

  @Test
  void drainsByWaitingForItsConnections() throws Exception {
    try (TestRelay relay = TestRelay.start(true);
        StandIn service = StandIn.start(StandIn::echo);
        Rig rig = Rig.start(relay, service);
        Socket caller = rig.call()) {
      say(caller, "x");
      assertThat(hear(caller, 1)).isEqualTo("x");
      CompletableFuture<Void> drained =
          CompletableFuture.runAsync(
              () -> {
                try {
                  rig.bridge.drain(Duration.ofMinutes(1));
                } catch (InterruptedException e) {
                  throw new AssertionError(e);
                }
              });
      relay.awaitWaitingLinks(0);
      say(caller, "y");
      assertThat(hear(caller, 1)).isEqualTo("y");
      assertThat(drained).isNotDone();
      caller.shutdownOutput();
      drained.get();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void drainsUntilTheLastConnectionHasEndedWhereThereIsNoLimit(boolean broker) throws Exception {
    try (TestRelay relay = TestRelay.start(true);
        StandIn service = StandIn.start(StandIn::echo);
        Rig rig = Rig.start(relay, service);
        Socket caller = rig.call()) {
      say(caller, "x");
      assertThat(hear(caller, 1)).isEqualTo("x");
      FutureTask<Boolean> drained =
          new FutureTask<>(
              () -> {
                if (broker) {
                  rig.broker.drain(Duration.ZERO);
                } else {
                  rig.bridge.drain(Duration.ZERO);
                }
                return true;
              });
      Thread.ofVirtual().start(drained);
      assertThatExceptionOfType(TimeoutException.class)
          .isThrownBy(() -> drained.get(200, TimeUnit.MILLISECONDS));
      say(caller, "y");
      assertThat(hear(caller, 1)).isEqualTo("y");
      caller.shutdownOutput();
      assertThat(drained.get()).isTrue();
    }
  }

  @Test
  void resetsItsConnectionsWhenItIsClosed() throws Exception {
    BlockingQueue<Socket> atService = new LinkedBlockingQueue<>();
    try (TestRelay relay = TestRelay.start(true);
        StandIn service = handingOver(atService);
        Rig rig = Rig.start(relay, service);
        Socket caller = rig.call();
        Socket callee = atService.take()) {
      rig.bridge.close();
      assertThatThrownBy(() -> caller.getInputStream().read()).isInstanceOf(SocketException.class);
      assertThatThrownBy(() -> callee.getInputStream().read()).isInstanceOf(SocketException.class);
    }
  }
}
