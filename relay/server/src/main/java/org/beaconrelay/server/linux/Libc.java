package org.beaconrelay.server.linux;

import static java.lang.foreign.MemorySegment.NULL;
import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.stream.Stream;

/// The C library's functions as they are, but for their errors: each returns what C returns, or
/// `-errno`.
///
/// Buffers of bytes are given by address, so that a part of one needs no object of its own.
///
/// **Thread:** confined to one at a time: calls share the memory where errno is left.
@SuppressWarnings("restricted") // the one place where native functions are linked
final class Libc {
  private static final StructLayout CAPTURE_LAYOUT = Linker.Option.captureStateLayout();
  private static final long ERRNO_OFFSET =
      CAPTURE_LAYOUT.byteOffset(MemoryLayout.PathElement.groupElement("errno"));

  private static final MethodHandle SPLICE =
      link(
          "splice",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle PIPE2 =
      link("pipe2", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle FCNTL =
      link(
          "fcntl",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT),
          Linker.Option.firstVariadicArg(2));
  private static final MethodHandle RECV =
      link("recv", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
  private static final MethodHandle SEND =
      link("send", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT));
  private static final MethodHandle SHUTDOWN =
      link("shutdown", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle CLOSE =
      link("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
  private static final MethodHandle POLL =
      link("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
  private static final MethodHandle TIMERFD_CREATE =
      link("timerfd_create", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle TIMERFD_SETTIME =
      link(
          "timerfd_settime", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle SOCKET =
      link("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle BIND =
      link("bind", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle LISTEN =
      link("listen", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle ACCEPT4 =
      link("accept4", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT));
  private static final MethodHandle GETSOCKNAME =
      link("getsockname", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle GETSOCKOPT =
      link(
          "getsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle SETSOCKOPT =
      link(
          "setsockopt",
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT));

  private final MemorySegment capture = Arena.ofAuto().allocate(CAPTURE_LAYOUT);

  private static MethodHandle link(
      String name, FunctionDescriptor descriptor, Linker.Option... options) {
    Linker linker = Linker.nativeLinker();
    Linker.Option captureErrno = Linker.Option.captureCallState("errno");
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        descriptor,
        Stream.concat(Stream.of(captureErrno), Stream.of(options)).toArray(Linker.Option[]::new));
  }

  /// C: `ssize_t splice(int fd_in, off64_t*, int fd_out, off64_t*, size_t len, unsigned flags)`
  long splice(int inFd, int outFd, long lengthBytes, int flags) {
    try {
      long result = (long) SPLICE.invokeExact(capture, inFd, NULL, outFd, NULL, lengthBytes, flags);
      return result < 0 ? -errno() : result;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int pipe2(int fds[2], int flags)`
  int pipe2(MemorySegment fds, int flags) {
    try {
      int result = (int) PIPE2.invokeExact(capture, fds, flags);
      return result < 0 ? -errno() : result;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int fcntl(int fd, int cmd, ... int arg)`
  int fcntl(int fd, int command, int argument) {
    try {
      int result = (int) FCNTL.invokeExact(capture, fd, command, argument);
      return result < 0 ? -errno() : result;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `ssize_t recv(int fd, void*, size_t, int flags)`
  long recv(int fd, long targetAddress, long lengthBytes, int flags) {
    try {
      long result = (long) RECV.invokeExact(capture, fd, targetAddress, lengthBytes, flags);
      return result < 0 ? -errno() : result;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `ssize_t send(int fd, const void*, size_t, int flags)`
  long send(int fd, long sourceAddress, long lengthBytes, int flags) {
    try {
      long result = (long) SEND.invokeExact(capture, fd, sourceAddress, lengthBytes, flags);
      return result < 0 ? -errno() : result;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int shutdown(int fd, int how)`
  int shutdown(int fd, int how) {
    try {
      int result = (int) SHUTDOWN.invokeExact(capture, fd, how);
      return result < 0 ? -errno() : result;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int close(int fd)`
  int close(int fd) {
    try {
      int result = (int) CLOSE.invokeExact(capture, fd);
      return result < 0 ? -errno() : result;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int poll(struct pollfd*, nfds_t, int timeout_ms)`
  int poll(MemorySegment pollFds, long count, int timeoutMs) {
    try {
      int result = (int) POLL.invokeExact(capture, pollFds, count, timeoutMs);
      return result < 0 ? -errno() : result;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int timerfd_create(int clockid, int flags)`
  int timerfdCreate(int clock, int flags) {
    try {
      int result = (int) TIMERFD_CREATE.invokeExact(capture, clock, flags);
      return result < 0 ? -errno() : result;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int timerfd_settime(int fd, int flags, const struct itimerspec*, struct itimerspec*)`
  int timerfdSettime(int fd, int flags, MemorySegment time) {
    try {
      int result = (int) TIMERFD_SETTIME.invokeExact(capture, fd, flags, time, NULL);
      return result < 0 ? -errno() : result;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int socket(int domain, int type, int protocol)`
  int socket(int domain, int type, int protocol) {
    try {
      int result = (int) SOCKET.invokeExact(capture, domain, type, protocol);
      return result < 0 ? -errno() : result;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int bind(int fd, const struct sockaddr*, socklen_t)`
  int bind(int fd, MemorySegment address, int lengthBytes) {
    try {
      int result = (int) BIND.invokeExact(capture, fd, address, lengthBytes);
      return result < 0 ? -errno() : result;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int listen(int fd, int backlog)`
  int listen(int fd, int backlog) {
    try {
      int result = (int) LISTEN.invokeExact(capture, fd, backlog);
      return result < 0 ? -errno() : result;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int accept4(int fd, struct sockaddr*, socklen_t*, int flags)`
  int accept4(int fd, MemorySegment address, MemorySegment lengthBytes, int flags) {
    try {
      int result = (int) ACCEPT4.invokeExact(capture, fd, address, lengthBytes, flags);
      return result < 0 ? -errno() : result;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int getsockname(int fd, struct sockaddr*, socklen_t*)`
  int getsockname(int fd, MemorySegment address, MemorySegment lengthBytes) {
    try {
      int result = (int) GETSOCKNAME.invokeExact(capture, fd, address, lengthBytes);
      return result < 0 ? -errno() : result;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int getsockopt(int fd, int level, int name, void*, socklen_t*)`
  int getsockopt(int fd, int level, int name, MemorySegment value, MemorySegment lengthBytes) {
    try {
      int result = (int) GETSOCKOPT.invokeExact(capture, fd, level, name, value, lengthBytes);
      return result < 0 ? -errno() : result;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int setsockopt(int fd, int level, int name, const void*, socklen_t)`
  int setsockopt(int fd, int level, int name, MemorySegment value, int lengthBytes) {
    try {
      int result = (int) SETSOCKOPT.invokeExact(capture, fd, level, name, value, lengthBytes);
      return result < 0 ? -errno() : result;
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  private int errno() {
    return capture.get(JAVA_INT, ERRNO_OFFSET);
  }

  /// A native function throws nothing; only the method handle's signature says that it might.
  private static AssertionError undeclared(Throwable e) {
    return new AssertionError(e);
  }
}
