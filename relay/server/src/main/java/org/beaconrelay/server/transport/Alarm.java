package org.beaconrelay.server.transport;

import java.util.function.Consumer;
import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.server.linux.Readiness;
import org.beaconrelay.server.linux.TimerFd;
import org.jspecify.annotations.Nullable;

/// Has something done on an event loop later, exact to some microseconds, again and again.
///
/// Timers of Netty's own allocate, and a loop on io_uring that has one makes a system call more
/// each time it wakes up (see [SleepingLoops]).
///
/// **Thread:** that of the loop, but for the constructor. **Owns:** a descriptor.
public final class Alarm implements ReadyListener {
  private final TimerFd timer = new TimerFd();
  private final EventLoop loop;
  private final Runnable action;
  private final Consumer<Throwable> onBug;
  private final int fd;
  private @Nullable Watch watch;

  /// @param onBug is told what the action throws, which it must not
  /// @throws IllegalStateException if there is no descriptor left
  public Alarm(EventLoop loop, Runnable action, Consumer<Throwable> onBug) {
    this.loop = loop;
    this.action = action;
    this.onBug = onBug;
    this.fd = timer.open();
    if (fd < 0) {
      throw new IllegalStateException("cannot make a timer: " + Errno.text(-fd));
    }
  }

  /// Sets it off `delayNs`, more than 0, from now, and at no other time.
  public void set(long delayNs) {
    if (watch == null) {
      watch = loop.watch(fd, Readiness.READABLE | Readiness.EDGE_TRIGGERED, this);
    }
    timer.set(fd, delayNs);
  }

  @Override
  public void onReady(int readiness) {
    action.run();
  }

  @Override
  public void onBug(Throwable bug) {
    onBug.accept(bug);
  }

  /// Never sets it off again. Once.
  public void close() {
    if (watch == null) {
      timer.close(fd);
    } else {
      watch.close();
    }
  }
}
