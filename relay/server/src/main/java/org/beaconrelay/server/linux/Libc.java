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
import java.lang.ref.Reference;
import java.util.stream.Stream;

/// The C library's functions as they are, but for their errors: each returns what C returns, or
/// `-errno`.
///
/// All but splice are linked by one shape, six registers in and one out, whatever a function takes:
/// by the calling conventions of Linux on x86_64 and arm64 the first six integers and pointers
/// travel in registers, a function looks at as many as it has, and at the lower half where it has
/// an `int`. The JVM makes code for each shape when it is linked first, which with one for each
/// function was the longest part of a relay's start.
///
/// Buffers of bytes are given by address, so that a part of one needs no object of its own.
///
/// **Thread:** confined to one at a time: calls share the memory where errno is left.
@SuppressWarnings("restricted") // the one place where native functions are linked
final class Libc {
  private static final StructLayout CAPTURE_LAYOUT = Linker.Option.captureStateLayout();
  private static final long ERRNO_OFFSET =
      CAPTURE_LAYOUT.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
  private static final FunctionDescriptor SIX_REGISTERS =
      FunctionDescriptor.of(
          JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG);

  /// By a shape of its own: what it allocates is nothing only if the JIT compiler sees through the
  /// call, and it does so less often where a shape is shared.
  private static final MethodHandle SPLICE =
      link(
          "splice",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));

  private static final MethodHandle PIPE2 = link("pipe2");
  private static final MethodHandle FCNTL = link("fcntl", Linker.Option.firstVariadicArg(2));
  private static final MethodHandle RECV = link("recv");
  private static final MethodHandle SEND = link("send");
  private static final MethodHandle SHUTDOWN = link("shutdown");
  private static final MethodHandle CLOSE = link("close");
  private static final MethodHandle POLL = link("poll");
  private static final MethodHandle TIMERFD_CREATE = link("timerfd_create");
  private static final MethodHandle TIMERFD_SETTIME = link("timerfd_settime");
  private static final MethodHandle SOCKET = link("socket");
  private static final MethodHandle BIND = link("bind");
  private static final MethodHandle LISTEN = link("listen");
  private static final MethodHandle ACCEPT4 = link("accept4");
  private static final MethodHandle GETSOCKNAME = link("getsockname");
  private static final MethodHandle GETSOCKOPT = link("getsockopt");
  private static final MethodHandle SETSOCKOPT = link("setsockopt");

  private final MemorySegment capture = Arena.ofAuto().allocate(CAPTURE_LAYOUT);

  private static MethodHandle link(String name, Linker.Option... options) {
    return link(name, SIX_REGISTERS, options);
  }

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
      return orErrno(
          (long) SPLICE.invokeExact(capture, inFd, NULL, outFd, NULL, lengthBytes, flags));
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int pipe2(int fds[2], int flags)`
  int pipe2(MemorySegment fds, int flags) {
    try {
      return intOrErrno(
          (long) PIPE2.invokeExact(capture, fds.address(), (long) flags, 0L, 0L, 0L, 0L));
    } catch (Throwable e) {
      throw undeclared(e);
    } finally {
      Reference.reachabilityFence(fds);
    }
  }

  /// C: `int fcntl(int fd, int cmd, ... int arg)`
  int fcntl(int fd, int command, int argument) {
    try {
      return intOrErrno(
          (long)
              FCNTL.invokeExact(capture, (long) fd, (long) command, (long) argument, 0L, 0L, 0L));
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `ssize_t recv(int fd, void*, size_t, int flags)`
  long recv(int fd, long targetAddress, long lengthBytes, int flags) {
    try {
      return orErrno(
          (long)
              RECV.invokeExact(
                  capture, (long) fd, targetAddress, lengthBytes, (long) flags, 0L, 0L));
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `ssize_t send(int fd, const void*, size_t, int flags)`
  long send(int fd, long sourceAddress, long lengthBytes, int flags) {
    try {
      return orErrno(
          (long)
              SEND.invokeExact(
                  capture, (long) fd, sourceAddress, lengthBytes, (long) flags, 0L, 0L));
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int shutdown(int fd, int how)`
  int shutdown(int fd, int how) {
    try {
      return intOrErrno(
          (long) SHUTDOWN.invokeExact(capture, (long) fd, (long) how, 0L, 0L, 0L, 0L));
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int close(int fd)`
  int close(int fd) {
    try {
      return intOrErrno((long) CLOSE.invokeExact(capture, (long) fd, 0L, 0L, 0L, 0L, 0L));
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int poll(struct pollfd*, nfds_t, int timeout_ms)`
  int poll(MemorySegment pollFds, long count, int timeoutMs) {
    try {
      return intOrErrno(
          (long) POLL.invokeExact(capture, pollFds.address(), count, (long) timeoutMs, 0L, 0L, 0L));
    } catch (Throwable e) {
      throw undeclared(e);
    } finally {
      Reference.reachabilityFence(pollFds);
    }
  }

  /// C: `int timerfd_create(int clockid, int flags)`
  int timerfdCreate(int clock, int flags) {
    try {
      return intOrErrno(
          (long) TIMERFD_CREATE.invokeExact(capture, (long) clock, (long) flags, 0L, 0L, 0L, 0L));
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int timerfd_settime(int fd, int flags, const struct itimerspec*, struct itimerspec*)`
  int timerfdSettime(int fd, int flags, MemorySegment time) {
    try {
      return intOrErrno(
          (long)
              TIMERFD_SETTIME.invokeExact(
                  capture, (long) fd, (long) flags, time.address(), 0L, 0L, 0L));
    } catch (Throwable e) {
      throw undeclared(e);
    } finally {
      Reference.reachabilityFence(time);
    }
  }

  /// C: `int socket(int domain, int type, int protocol)`
  int socket(int domain, int type, int protocol) {
    try {
      return intOrErrno(
          (long)
              SOCKET.invokeExact(capture, (long) domain, (long) type, (long) protocol, 0L, 0L, 0L));
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int bind(int fd, const struct sockaddr*, socklen_t)`
  int bind(int fd, MemorySegment address, int lengthBytes) {
    try {
      return intOrErrno(
          (long)
              BIND.invokeExact(
                  capture, (long) fd, address.address(), (long) lengthBytes, 0L, 0L, 0L));
    } catch (Throwable e) {
      throw undeclared(e);
    } finally {
      Reference.reachabilityFence(address);
    }
  }

  /// C: `int listen(int fd, int backlog)`
  int listen(int fd, int backlog) {
    try {
      return intOrErrno(
          (long) LISTEN.invokeExact(capture, (long) fd, (long) backlog, 0L, 0L, 0L, 0L));
    } catch (Throwable e) {
      throw undeclared(e);
    }
  }

  /// C: `int accept4(int fd, struct sockaddr*, socklen_t*, int flags)`
  int accept4(int fd, MemorySegment address, MemorySegment lengthBytes, int flags) {
    try {
      return intOrErrno(
          (long)
              ACCEPT4.invokeExact(
                  capture,
                  (long) fd,
                  address.address(),
                  lengthBytes.address(),
                  (long) flags,
                  0L,
                  0L));
    } catch (Throwable e) {
      throw undeclared(e);
    } finally {
      Reference.reachabilityFence(address);
      Reference.reachabilityFence(lengthBytes);
    }
  }

  /// C: `int getsockname(int fd, struct sockaddr*, socklen_t*)`
  int getsockname(int fd, MemorySegment address, MemorySegment lengthBytes) {
    try {
      return intOrErrno(
          (long)
              GETSOCKNAME.invokeExact(
                  capture, (long) fd, address.address(), lengthBytes.address(), 0L, 0L, 0L));
    } catch (Throwable e) {
      throw undeclared(e);
    } finally {
      Reference.reachabilityFence(address);
      Reference.reachabilityFence(lengthBytes);
    }
  }

  /// C: `int getsockopt(int fd, int level, int name, void*, socklen_t*)`
  int getsockopt(int fd, int level, int name, MemorySegment value, MemorySegment lengthBytes) {
    try {
      return intOrErrno(
          (long)
              GETSOCKOPT.invokeExact(
                  capture,
                  (long) fd,
                  (long) level,
                  (long) name,
                  value.address(),
                  lengthBytes.address(),
                  0L));
    } catch (Throwable e) {
      throw undeclared(e);
    } finally {
      Reference.reachabilityFence(value);
      Reference.reachabilityFence(lengthBytes);
    }
  }

  /// C: `int setsockopt(int fd, int level, int name, const void*, socklen_t)`
  int setsockopt(int fd, int level, int name, MemorySegment value, int lengthBytes) {
    try {
      return intOrErrno(
          (long)
              SETSOCKOPT.invokeExact(
                  capture,
                  (long) fd,
                  (long) level,
                  (long) name,
                  value.address(),
                  (long) lengthBytes,
                  0L));
    } catch (Throwable e) {
      throw undeclared(e);
    } finally {
      Reference.reachabilityFence(value);
    }
  }

  private long orErrno(long result) {
    return result < 0 ? -errno() : result;
  }

  /// Of a function that returns an int: nobody says what is in the upper half.
  private int intOrErrno(long register) {
    int result = (int) register;
    return result < 0 ? -errno() : result;
  }

  private int errno() {
    return capture.get(JAVA_INT, ERRNO_OFFSET);
  }

  /// A native function throws nothing; only the method handle's signature says that it might.
  private static AssertionError undeclared(Throwable e) {
    return new AssertionError(e);
  }
}
