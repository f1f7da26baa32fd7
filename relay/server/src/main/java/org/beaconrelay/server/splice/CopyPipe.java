package org.beaconrelay.server.splice;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import org.beaconrelay.server.linux.Syscalls;

/// A buffer in this process's memory, for hosts that forbid splice(2) and for ends that keep their
/// outer TLS on: bytes in it are copied in and copied out.
final class CopyPipe extends Pipe {
  private final Arena arena = Arena.ofConfined();
  private final long address;
  private final ByteBuffer buffer;
  private int unsentOffset;

  CopyPipe(Syscalls syscalls, int capacityBytes) {
    super(syscalls, capacityBytes);
    MemorySegment memory = arena.allocate(capacityBytes);
    this.address = memory.address();
    this.buffer = memory.asByteBuffer();
  }

  @Override
  long fill(SpliceEnd source, int lengthBytes) {
    unsentOffset = 0;
    Tunnel tunnel = source.tunnel();
    return tunnel == null
        ? syscalls.receive(source.fd(), address, lengthBytes)
        : tunnel.receive(buffer.clear().limit(lengthBytes));
  }

  @Override
  long flush(SpliceEnd sink, int lengthBytes) {
    Tunnel tunnel = sink.tunnel();
    long sent =
        tunnel == null
            ? syscalls.send(sink.fd(), address + unsentOffset, lengthBytes)
            : tunnel.send(buffer.clear().position(unsentOffset).limit(unsentOffset + lengthBytes));
    if (sent > 0) {
      unsentOffset += (int) sent;
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
