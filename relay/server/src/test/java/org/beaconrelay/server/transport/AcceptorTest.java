package org.beaconrelay.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.server.linux.ListenSocket;
import org.beaconrelay.server.linux.PackedAddress;
import org.beaconrelay.server.linux.Readiness;
import org.beaconrelay.server.linux.Syscalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A real listening socket with connections in its backlog, on an event loop that does what it is
/// told when the test says so.
final class AcceptorTest {
  private static final int BATCH = 16;

  private final ListenSocket socket = new ListenSocket();
  private final Syscalls syscalls = new Syscalls();
  private final StepwiseLoop loop = new StepwiseLoop();
  private final CountingIntake intake = new CountingIntake();
  private final List<SocketChannel> clients = new ArrayList<>();
  private final int listenFd =
      socket.open(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
          new ListenSocket.TcpOptions(30, 10, 3, 0));
  private final Acceptor acceptor = new Acceptor(socket, listenFd, loop, intake);

  private final class CountingIntake implements Acceptor.Intake {
    int accepted;
    int pauses;
    boolean hasRoom = true;

    @Override
    public boolean hasRoom() {
      return hasRoom;
    }

    @Override
    public void onAccepted(int fd, PackedAddress source) {
      syscalls.close(fd);
      accepted++;
    }

    @Override
    public void onPause() {
      pauses++;
    }

    @Override
    public void onBug(Throwable bug) {
      throw new AssertionError(bug);
    }
  }

  private final class StepwiseLoop implements EventLoop, Watch {
    final Queue<Runnable> later = new ArrayDeque<>();
    int watchedFor;

    @Override
    public Watch watch(int fd, int readiness, ReadyListener listener) {
      watchedFor = readiness;
      return this;
    }

    @Override
    public void watchFor(int readiness) {
      watchedFor = readiness;
    }

    @Override
    public void close() {
      syscalls.close(listenFd);
    }

    @Override
    public void release() {
      throw new AssertionError("it owns its socket");
    }

    @Override
    public Future<?> schedule(Runnable action, long delay, TimeUnit unit) {
      assertThat(delay).isPositive();
      later.add(action);
      return new CompletableFuture<>();
    }

    @Override
    public boolean isCurrentThread() {
      return true;
    }

    @Override
    public void execute(Runnable action) {
      action.run();
    }

    boolean isResting() {
      return later.size() == 1 && (watchedFor & Readiness.READABLE) == 0;
    }

    void endRest() {
      later.remove().run();
    }
  }

  @BeforeEach
  void start() {
    acceptor.start();
  }

  @AfterEach
  void close() throws IOException {
    acceptor.close();
    for (SocketChannel client : clients) {
      client.close();
    }
  }

  private void connect(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      clients.add(SocketChannel.open(acceptor.address()));
    }
  }

  @Test
  void takesAFewAtATimeAndRestsWhileThereAreMore() throws IOException {
    connect(2 * BATCH + 1);

    for (int batch = 1; batch <= 2; batch++) {
      acceptor.onReady(Readiness.READABLE);
      assertThat(intake.accepted).isEqualTo(batch * BATCH);
      assertThat(loop.isResting()).isTrue();
      loop.endRest();
      assertThat(loop.watchedFor).isEqualTo(Readiness.READABLE);
    }
    acceptor.onReady(Readiness.READABLE);

    assertThat(intake.accepted).isEqualTo(2 * BATCH + 1);
    assertThat(loop.isResting()).isFalse();
    assertThat(intake.pauses).isZero();
  }

  @Test
  void goesOnAtOnceWhereTheBacklogIsEmpty() throws IOException {
    connect(BATCH - 1);

    acceptor.onReady(Readiness.READABLE);

    assertThat(intake.accepted).isEqualTo(BATCH - 1);
    assertThat(loop.later).isEmpty();
    assertThat(loop.watchedFor).isEqualTo(Readiness.READABLE);
  }

  @Test
  void restsWhereThereIsNoRoom() throws IOException {
    connect(1);
    intake.hasRoom = false;

    acceptor.onReady(Readiness.READABLE);
    assertThat(intake.accepted).isZero();
    assertThat(intake.pauses).isEqualTo(1);
    assertThat(loop.isResting()).isTrue();

    intake.hasRoom = true;
    loop.endRest();
    acceptor.onReady(Readiness.READABLE);
    assertThat(intake.accepted).isEqualTo(1);
  }

  @Test
  void aRestThatEndsBehindItsEndDoesNothing() throws IOException {
    connect(BATCH);
    acceptor.onReady(Readiness.READABLE);
    int watchedFor = loop.watchedFor;

    acceptor.close();
    loop.endRest();

    assertThat(loop.watchedFor).isEqualTo(watchedFor);
  }
}
