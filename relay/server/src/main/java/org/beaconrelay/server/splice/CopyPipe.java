package org.beaconrelay.server.splice;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.beaconrelay.server.linux.Syscalls;

/// A buffer in this process's memory, for hosts that forbid splice(2): bytes in it are copied in
/// and copied out.
final class CopyPipe extends Pipe {
  private final Arena arena = Arena.ofConfined();
  private final MemorySegment buffer;
  private int position;

  CopyPipe(Syscalls syscalls, int capacityBytes) {
    super(syscalls, capacityBytes);
    this.buffer = arena.allocate(capacityBytes);
  }

  @Override
  long fill(int sourceFd, int lengthBytes) {
    position = 0;
    return syscalls.receive(sourceFd, buffer, lengthBytes);
  }

  @Override
  long flush(int sinkFd, int lengthBytes) {
    long sent = syscalls.send(sinkFd, buffer.asSlice(position), lengthBytes);
    if (sent > 0) {
      position += (int) sent;
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
