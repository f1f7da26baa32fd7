package org.beaconrelay.server.transport;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.server.linux.ListenSocket;
import org.beaconrelay.server.linux.PackedAddress;
import org.beaconrelay.server.linux.Readiness;
import org.beaconrelay.server.linux.Syscalls;
import org.beaconrelay.testing.ProcessFigures;
import org.jspecify.annotations.Nullable;
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
  private final int listenFd = open();
  private final Acceptor acceptor = new Acceptor(socket, listenFd, loop, intake);

  private int open() {
    return socket.open(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        new ListenSocket.TcpOptions(30, 10, 3, 0));
  }

  private class CountingIntake implements Acceptor.Intake {
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

  private final class StepwiseLoop implements EventLoop {
    int watchedFor;
    @Nullable ReadyListener timer;

    private final class StepwiseWatch implements Watch {
      private final int fd;

      StepwiseWatch(int fd) {
        this.fd = fd;
      }

      @Override
      public void watchFor(int readiness) {
        assertThat(fd).isEqualTo(listenFd);
        watchedFor = readiness;
      }

      @Override
      public void close() {
        syscalls.close(fd);
      }

      @Override
      public void release() {
        throw new AssertionError("it owns its descriptors");
      }
    }

    @Override
    public Watch watch(int fd, int readiness, ReadyListener listener) {
      if (fd == listenFd) {
        watchedFor = readiness;
      } else {
        timer = listener;
      }
      return new StepwiseWatch(fd);
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
      return timer != null && (watchedFor & Readiness.READABLE) == 0;
    }

    void endRest() {
      requireNonNull(timer, "nothing would end the rest").onReady(Readiness.READABLE);
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
    assertThat(loop.timer).isNull();
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

  @Test
  void itsRestsEndByThemselves() throws Exception {
    Semaphore taken = new Semaphore(0);
    Acceptor.Intake intake =
        new CountingIntake() {
          @Override
          public void onAccepted(int fd, PackedAddress source) {
            super.onAccepted(fd, source);
            taken.release();
          }
        };
    try (EventLoops loops = EventLoops.epoll(1)) {
      EventLoop real = loops.loops().getFirst();
      Acceptor busy = new Acceptor(socket, open(), real, intake);
      for (int i = 0; i < 3 * BATCH; i++) {
        clients.add(SocketChannel.open(busy.address()));
      }
      real.execute(busy::start);
      assertThat(taken.tryAcquire(3 * BATCH, 10, TimeUnit.SECONDS)).isTrue();
      real.execute(busy::close);
    }
  }

  @Test
  void givesItsDescriptorsBackEvenIfItNeverBegan() {
    int before = ProcessFigures.ofThis().openKernelObjects();
    Acceptor idle = new Acceptor(socket, open(), loop, intake);
    InetSocketAddress address = idle.address();
    idle.close();
    idle.close();
    assertThat(ProcessFigures.ofThis().openKernelObjects()).isEqualTo(before);
    assertThatThrownBy(() -> SocketChannel.open(address)).isInstanceOf(ConnectException.class);
  }
}
