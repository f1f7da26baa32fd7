package org.beaconrelay.server.linux;

import static java.lang.foreign.MemorySegment.NULL;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// One thread's door to the kernel: what is done with the descriptors of links and pipes.
///
/// Every call returns what the kernel returned, or `-errno`; none throws, none blocks, and those
/// that move relayed bytes allocate nothing.
///
/// **Thread:** confined to one at a time: calls share scratch memory.
public final class Syscalls {
  private static final int SPLICE_F_MOVE = 1;
  private static final int SPLICE_F_NONBLOCK = 2;
  private static final int O_NONBLOCK = 0x800;
  private static final int O_CLOEXEC = 0x80000;
  private static final int F_SETPIPE_SZ = 1031;
  private static final int F_GETPIPE_SZ = 1032;
  private static final int MSG_PEEK = 0x02;
  private static final int MSG_TRUNC = 0x20;
  private static final int MSG_DONTWAIT = 0x40;
  private static final int MSG_NOSIGNAL = 0x4000;
  private static final int SHUT_WR = 1;
  private static final int SOL_SOCKET = 1;
  private static final int SO_ERROR = 4;
  private static final int SO_LINGER = 13;
  private static final int SO_MEMINFO = 55;
  private static final int IPPROTO_TCP = 6;
  private static final int TCP_INFO = 11;
  private static final int TCP_NOTSENT_LOWAT = 25;

  /// What SO_MEMINFO tells, as 32-bit numbers, and which of them is the send queue: SK_MEMINFO_VARS
  /// and SK_MEMINFO_WMEM_QUEUED of linux/sock_diag.h.
  private static final int MEMINFO_NUMBERS = 9;

  private static final int MEMINFO_SEND_QUEUE = 5;

  /// Room for the largest thing that passes through scratch memory: the greater part of a proof.
  private static final int SCRATCH_BYTES = 4096;

  private final Libc libc = new Libc();
  private final MemorySegment scratch = Arena.ofAuto().allocate(SCRATCH_BYTES, 8);
  private final MemorySegment scratchLength = Arena.ofAuto().allocate(JAVA_INT);

  /// Moves up to `lengthBytes` between a socket and a pipe inside the kernel: splice(2) with
  /// SPLICE_F_MOVE and SPLICE_F_NONBLOCK. Never SPLICE_F_MORE, which holds the last segment back.
  ///
  /// @param lengthBytes 1 to 2^30
  /// @return bytes moved, 0 at the end of the stream, or `-errno`: EAGAIN (nothing to take, no
  ///   room, or the pipe is out of slots), EPIPE, ECONNRESET, ETIMEDOUT, EINVAL
  public long splice(int inFd, int outFd, long lengthBytes) {
    return libc.splice(inFd, outFd, lengthBytes, SPLICE_F_MOVE | SPLICE_F_NONBLOCK);
  }

  /// The address at which an endpoint has reached this socket.
  public PackedAddress localAddress(int fd) {
    return SocketAddresses.ofSocket(libc, fd, scratch, scratchLength);
  }

  /// Makes a pipe: pipe2(2).
  ///
  /// @return the read end in the upper and the write end in the lower 32 bits, or `-errno` (EMFILE,
  ///   ENFILE)
  public long openPipe() {
    int result = libc.pipe2(scratch, O_NONBLOCK | O_CLOEXEC);
    return result < 0 ? result : (long) scratch.get(JAVA_INT, 0) << 32 | scratch.get(JAVA_INT, 4);
  }

  /// Asks for a pipe capacity: fcntl(2), F_SETPIPE_SZ.
  ///
  /// @return the capacity granted, `capacityBytes` rounded up to a power of two pages, or `-errno`:
  ///   EPERM (over fs.pipe-max-size or fs.pipe-user-pages-soft), EBUSY (holds more)
  public int setPipeCapacity(int pipeFd, int capacityBytes) {
    return libc.fcntl(pipeFd, F_SETPIPE_SZ, capacityBytes);
  }

  /// The capacity in bytes that a pipe really has: fcntl(2), F_GETPIPE_SZ.
  public int pipeCapacity(int pipeFd) {
    return libc.fcntl(pipeFd, F_GETPIPE_SZ, 0);
  }

  /// Takes bytes out of a socket into native memory: recv(2).
  ///
  /// @param address where room for `lengthBytes` begins; the caller keeps it allocated
  /// @return bytes taken, 0 at the end of the stream, or `-errno`
  public long receive(int socketFd, long address, long lengthBytes) {
    return libc.recv(socketFd, address, lengthBytes, MSG_DONTWAIT);
  }

  /// Takes as many bytes out of a socket as a direct buffer has room for, and moves its position
  /// behind them: recv(2).
  ///
  /// @return bytes taken, 0 at the end of the stream, or `-errno`
  public int receive(int socketFd, ByteBuffer target) {
    long address = MemorySegment.ofBuffer(target).address();
    int received = (int) receive(socketFd, address, target.remaining());
    if (received > 0) {
      target.position(target.position() + received);
    }
    return received;
  }

  /// Takes at most `lengthBytes` out of a socket into an array, from `offset` on, and no more than
  /// 4096 in one call: recv(2).
  ///
  /// @param lengthBytes at least 1
  /// @return bytes taken, 0 at the end of the stream, or `-errno`
  public int receive(int socketFd, byte[] target, int offset, int lengthBytes) {
    int received = (int) receive(socketFd, scratch.address(), Math.min(lengthBytes, SCRATCH_BYTES));
    if (received > 0) {
      MemorySegment.copy(scratch, JAVA_BYTE, 0, target, offset, received);
    }
    return received;
  }

  /// Looks at what [#receive] would take, and leaves it where it is: recv(2), MSG_PEEK.
  ///
  /// @param lengthBytes at least 1
  /// @return bytes there, 0 at the end of the stream, or `-errno`
  public int peek(int socketFd, byte[] target, int offset, int lengthBytes) {
    int there =
        (int)
            libc.recv(
                socketFd,
                scratch.address(),
                Math.min(lengthBytes, SCRATCH_BYTES),
                MSG_PEEK | MSG_DONTWAIT);
    if (there > 0) {
      MemorySegment.copy(scratch, JAVA_BYTE, 0, target, offset, there);
    }
    return there;
  }

  /// Throws away up to `lengthBytes` of what a socket has received, in the kernel: recv(2) with
  /// MSG_TRUNC, which for TCP copies nothing (tcp(7)).
  ///
  /// @return bytes thrown away, 0 at the end of the stream, or `-errno`
  public long discard(int socketFd, long lengthBytes) {
    return libc.recv(socketFd, NULL.address(), lengthBytes, MSG_TRUNC | MSG_DONTWAIT);
  }

  /// Whether a byte is there to be received, without taking it: recv(2), MSG_PEEK.
  public boolean hasUnread(int socketFd) {
    return libc.recv(socketFd, scratch.address(), 1, MSG_PEEK | MSG_DONTWAIT) > 0;
  }

  /// Gives bytes of native memory to a socket: send(2).
  ///
  /// @param address where the `lengthBytes` begin; the caller keeps them allocated
  /// @return bytes taken by the kernel, or `-errno`
  public long send(int socketFd, long address, long lengthBytes) {
    return libc.send(socketFd, address, lengthBytes, MSG_DONTWAIT | MSG_NOSIGNAL);
  }

  /// Gives what remains in a direct buffer to a socket: send(2).
  ///
  /// @return bytes taken by the kernel, or `-errno`
  public int send(int socketFd, ByteBuffer source) {
    return (int) send(socketFd, MemorySegment.ofBuffer(source).address(), source.remaining());
  }

  /// Gives all of `bytes`, at most 4096, to a socket: send(2).
  ///
  /// @return bytes taken by the kernel, or `-errno`
  public int send(int socketFd, byte[] bytes) {
    MemorySegment.copy(bytes, 0, scratch, JAVA_BYTE, 0, bytes.length);
    return (int) send(socketFd, scratch.address(), bytes.length);
  }

  /// Sends a FIN behind the last byte: shutdown(2), SHUT_WR.
  ///
  /// @return 0, or `-errno`: ENOTCONN if the connection is gone
  public int shutdownWrite(int socketFd) {
    return libc.shutdown(socketFd, SHUT_WR);
  }

  /// Gives a descriptor back: close(2). On Linux it is gone whatever the outcome.
  public int close(int fd) {
    return libc.close(fd);
  }

  /// Makes the coming close of a socket a reset: SO_LINGER with a time of 0 (socket(7)).
  public int lingerZero(int socketFd) {
    scratch.set(JAVA_INT, 0, 1);
    scratch.set(JAVA_INT, 4, 0);
    return libc.setsockopt(socketFd, SOL_SOCKET, SO_LINGER, scratch, 8);
  }

  /// Lets a socket that was accepted from a [ListenSocket] queue bytes that cannot be sent yet
  /// without a limit of its own, but that of net.ipv4.tcp_notsent_lowat and of its send buffer.
  public int queueAtWill(int socketFd) {
    scratch.set(JAVA_INT, 0, 0);
    return libc.setsockopt(socketFd, IPPROTO_TCP, TCP_NOTSENT_LOWAT, scratch, Integer.BYTES);
  }

  /// Takes the pending error of a socket: SO_ERROR (socket(7)).
  ///
  /// @return the errno, 0 if there is none, or `-errno` of the call
  public int takeError(int socketFd) {
    int result = socketOption(socketFd, SOL_SOCKET, SO_ERROR, Integer.BYTES);
    return result < 0 ? result : scratch.get(JAVA_INT, 0);
  }

  /// How the kernel sees a connection.
  public TcpInfo tcpInfo(int socketFd) {
    // A descriptor that is no connection any more reads as TCP_CLOSE = 7.
    return socketOption(socketFd, IPPROTO_TCP, TCP_INFO, 8) < 0
        ? new TcpInfo(7, 0, 0)
        : new TcpInfo(scratchByte(0), scratchByte(2), scratchByte(3));
  }

  /// Whether a socket takes bytes now; if not, an edge-triggered watch tells when it does: poll(2).
  public boolean isWritable(int socketFd) {
    scratch.set(JAVA_INT, 0, socketFd);
    scratch.set(JAVA_SHORT, 4, (short) Readiness.WRITABLE);
    scratch.set(JAVA_SHORT, 6, (short) 0);
    return libc.poll(scratch, 1, 0) > 0;
  }

  /// What a socket has in its send queue, in bytes of the kernel's memory: more than its payload,
  /// and 0 once all of it is acknowledged. SO_MEMINFO (socket(7)).
  ///
  /// @return or `-errno`
  public int sendQueueBytes(int socketFd) {
    int result = socketOption(socketFd, SOL_SOCKET, SO_MEMINFO, MEMINFO_NUMBERS * Integer.BYTES);
    return result < 0 ? result : scratch.get(JAVA_INT, MEMINFO_SEND_QUEUE * Integer.BYTES);
  }

  private int socketOption(int socketFd, int level, int name, int lengthBytes) {
    scratchLength.set(JAVA_INT, 0, lengthBytes);
    return libc.getsockopt(socketFd, level, name, scratch, scratchLength);
  }

  private int scratchByte(int offset) {
    return scratch.get(JAVA_BYTE, offset) & 0xFF;
  }
}
