package org.beaconrelay.server.transport;

import java.net.InetSocketAddress;
import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.server.linux.ListenSocket;
import org.beaconrelay.server.linux.PackedAddress;
import org.beaconrelay.server.linux.Readiness;
import org.jspecify.annotations.Nullable;

/// Accepts links from one listening socket, as long as there is room for them.
///
/// Where there is none it stops looking for a while; links stay in the kernel's backlog. It never
/// spins. However many come at once, it takes a few at a time: the links that are there come first,
/// and so does whoever else needs the processor.
///
/// **Thread:** that of its loop. **Owns:** the listening socket, and a timer.
public final class Acceptor implements ReadyListener {
  /// Who takes what was accepted.
  public interface Intake {
    /// Whether a descriptor more can be taken.
    boolean hasRoom();

    /// Takes over a link's descriptor.
    ///
    /// @param source where it comes from
    void onAccepted(int fd, PackedAddress source);

    /// Accepting is put off for want of descriptors.
    void onPause();

    /// A link's intake has failed in a way that it must not.
    void onBug(Throwable bug);
  }

  /// Links accepted before other descriptors of the loop come first, and other processes. To turn
  /// as many away takes a third of a millisecond.
  private static final int BATCH = 16;

  /// How long it rests while there are more. A loop that never sleeps keeps its processor until the
  /// kernel's next tick, which is milliseconds, however short its batches are.
  private static final long REST_NS = 100_000;

  /// How long it rests where there is no room.
  private static final long PAUSE_NS = 50_000_000;

  private final ListenSocket socket;
  private final int listenFd;
  private final EventLoop loop;
  private final Intake intake;
  private final InetSocketAddress address;
  private final Alarm restOver;
  private @Nullable Watch watch;
  private boolean closed;

  public Acceptor(ListenSocket socket, int listenFd, EventLoop loop, Intake intake) {
    this.socket = socket;
    this.listenFd = listenFd;
    this.loop = loop;
    this.intake = intake;
    this.address = socket.address(listenFd);
    this.restOver = new Alarm(loop, () -> watchFor(Readiness.READABLE), intake::onBug);
  }

  /// Begins to accept. On the loop's thread.
  public void start() {
    watch = loop.watch(listenFd, Readiness.READABLE, this);
  }

  @Override
  public void onReady(int readiness) {
    for (int i = 0; i < BATCH; i++) {
      if (!intake.hasRoom()) {
        pause();
        return;
      }
      int fd = socket.accept(listenFd);
      switch (-fd) {
        case Errno.EAGAIN -> {
          return;
        }
        case Errno.EMFILE, Errno.ENFILE, Errno.ENOBUFS, Errno.ENOMEM -> {
          pause();
          return;
        }
        default -> {
          // Other errors are those of a link that is gone already (accept(2)).
          if (fd >= 0) {
            intake.onAccepted(fd, socket.source());
          }
        }
      }
    }
    rest(REST_NS);
  }

  private void pause() {
    intake.onPause();
    rest(PAUSE_NS);
  }

  private void rest(long durationNs) {
    watchFor(Readiness.EDGE_TRIGGERED); // for nothing
    restOver.set(durationNs);
  }

  private void watchFor(int readiness) {
    if (watch != null) {
      watch.watchFor(readiness);
    }
  }

  @Override
  public void onBug(Throwable bug) {
    intake.onBug(bug);
  }

  /// Where it listens. Any thread.
  public InetSocketAddress address() {
    return address;
  }

  /// Stops for good, be it before it began. On the loop's thread; idempotent.
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    restOver.close();
    if (watch == null) {
      socket.close(listenFd);
    } else {
      watch.close();
      watch = null;
    }
  }
}
