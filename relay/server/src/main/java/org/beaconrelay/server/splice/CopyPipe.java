package org.beaconrelay.server.splice;

import java.lang.foreign.Arena;
import org.beaconrelay.server.linux.Syscalls;

/// A buffer in this process's memory, for hosts that forbid splice(2): bytes in it are copied in
/// and copied out.
final class CopyPipe extends Pipe {
  private final Arena arena = Arena.ofConfined();
  private final long address;
  private long unsentAddress;

  CopyPipe(Syscalls syscalls, int capacityBytes) {
    super(syscalls, capacityBytes);
    this.address = arena.allocate(capacityBytes).address();
  }

  @Override
  long fill(int sourceFd, int lengthBytes) {
    unsentAddress = address;
    return syscalls.receive(sourceFd, address, lengthBytes);
  }

  @Override
  long flush(int sinkFd, int lengthBytes) {
    long sent = syscalls.send(sinkFd, unsentAddress, lengthBytes);
    if (sent > 0) {
      unsentAddress += sent;
    }
    return sent;
  }

  @Override
  int roomyFillBytes() {
    return capacityBytes();
  }

  @Override
  void destroy() {
    arena.close();
  }
}
