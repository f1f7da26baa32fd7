package org.beaconrelay.server.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/// An epoll(7) set on the test's own thread, edge-triggered as in the relay: whoever forgets
/// something that was reported hears of it no more.
public final class EdgePoller implements AutoCloseable {
  /// Is told what a descriptor is ready for.
  public interface Listener {
    void onReady(int fd, int readiness);
  }

  private static final int EPOLL_CTL_ADD = 1;
  private static final int EPOLL_CTL_MOD = 3;
  private static final int MAX_EVENTS = 64;
  private static final int ALWAYS = Readiness.END_OF_STREAM | Readiness.EDGE_TRIGGERED;

  // struct epoll_event is packed on x86_64 only.
  private static final int DATA_OFFSET = System.getProperty("os.arch").equals("amd64") ? 4 : 8;
  private static final int EVENT_BYTES = DATA_OFFSET + 8;

  private static final MethodHandle EPOLL_CREATE1 =
      TestLibc.link("epoll_create1", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle EPOLL_CTL =
      TestLibc.link(
          "epoll_ctl", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle EPOLL_WAIT =
      TestLibc.link(
          "epoll_wait", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT));

  private final MemorySegment events = Arena.ofAuto().allocate((long) MAX_EVENTS * EVENT_BYTES, 8);
  private final MemorySegment change = Arena.ofAuto().allocate(EVENT_BYTES, 8);
  private final int epollFd;

  public EdgePoller() {
    try {
      epollFd = TestLibc.succeeded("epoll_create1", (int) EPOLL_CREATE1.invokeExact(0));
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /// Begins to watch a descriptor: for what every link is always watched for, and for `readiness`.
  public void add(int fd, int readiness) {
    control(EPOLL_CTL_ADD, fd, readiness);
  }

  /// Changes what it is watched for.
  public void modify(int fd, int readiness) {
    control(EPOLL_CTL_MOD, fd, readiness);
  }

  private void control(int operation, int fd, int readiness) {
    // Not in `events`: a listener may call this in the middle of a poll.
    change.set(JAVA_INT, 0, readiness | ALWAYS);
    change.set(JAVA_INT_UNALIGNED, DATA_OFFSET, fd);
    try {
      TestLibc.succeeded("epoll_ctl", (int) EPOLL_CTL.invokeExact(epollFd, operation, fd, change));
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /// Reports what has happened.
  ///
  /// @return the number of reports
  public int poll(int timeoutMs, Listener listener) {
    int count;
    try {
      count =
          TestLibc.succeeded(
              "epoll_wait", (int) EPOLL_WAIT.invokeExact(epollFd, events, MAX_EVENTS, timeoutMs));
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
    for (int i = 0; i < count; i++) {
      long offset = (long) i * EVENT_BYTES;
      listener.onReady(
          events.get(JAVA_INT_UNALIGNED, offset + DATA_OFFSET),
          events.get(JAVA_INT_UNALIGNED, offset));
    }
    return count;
  }

  @Override
  public void close() {
    new Syscalls().close(epollFd);
  }
}
