package org.beaconrelay.server.splice;

import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.server.linux.Syscalls;
import org.jspecify.annotations.Nullable;

/// A pipe(7): bytes in it never leave the kernel.
final class KernelPipe extends Pipe {
  private static final int PAGE_BYTES = 4096;

  private final int readFd;
  private final int writeFd;

  private KernelPipe(Syscalls syscalls, int capacityBytes, int readFd, int writeFd) {
    super(syscalls, capacityBytes);
    this.readFd = readFd;
    this.writeFd = writeFd;
  }

  /// Opens a pipe of `capacityBytes`, or of whatever the kernel grants: past its limits it shrinks
  /// capacity, and that costs speed, not correctness.
  ///
  /// @return null if there is no descriptor left
  static @Nullable KernelPipe open(Syscalls syscalls, int capacityBytes) {
    long fds = syscalls.openPipe();
    if (fds < 0) {
      return null;
    }
    int writeFd = (int) fds;
    int granted = syscalls.setPipeCapacity(writeFd, capacityBytes);
    return new KernelPipe(
        syscalls,
        granted > 0 ? granted : syscalls.pipeCapacity(writeFd),
        (int) (fds >>> Integer.SIZE),
        writeFd);
  }

  /// splice(2) stops in front of TCP's urgent byte, and once the FIN is here says 0 there as if
  /// nothing were left. Who sends urgent data breaks his own pair; nobody is told of an end that is
  /// none.
  @Override
  long fill(SpliceEnd source, int lengthBytes) {
    long filled = syscalls.splice(source.fd(), writeFd, lengthBytes);
    return filled == 0 && syscalls.hasUnread(source.fd()) ? -Errno.EPROTO : filled;
  }

  @Override
  long flush(SpliceEnd sink, int lengthBytes) {
    return syscalls.splice(readFd, sink.fd(), lengthBytes);
  }

  /// A pipe has a slot for each page of its capacity, and a fragment of a segment takes a slot,
  /// however small it is. As long as fewer bytes than slots went in, slots cannot have run out.
  @Override
  int roomyFillBytes() {
    return capacityBytes() / PAGE_BYTES;
  }

  @Override
  void destroy() {
    syscalls.close(readFd);
    syscalls.close(writeFd);
  }
}
