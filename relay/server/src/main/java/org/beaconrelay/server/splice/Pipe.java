package org.beaconrelay.server.splice;

import org.beaconrelay.server.linux.Syscalls;

/// What bytes wait in between one socket and the other.
///
/// **Thread:** data plane, shard-confined. **Owns:** whatever it holds the bytes in, until
/// [#destroy].
public abstract sealed class Pipe permits KernelPipe, CopyPipe {
  final Syscalls syscalls;
  private final int capacityBytes;

  Pipe(Syscalls syscalls, int capacityBytes) {
    this.syscalls = syscalls;
    this.capacityBytes = capacityBytes;
  }

  /// Takes up to `lengthBytes` from a socket. The pipe is empty.
  ///
  /// @return bytes taken, 0 at the end of the stream, or `-errno`
  abstract long fill(int sourceFd, int lengthBytes);

  /// Gives up to `lengthBytes`, not more than there are, to a socket.
  ///
  /// @return bytes given, or `-errno`
  abstract long flush(int sinkFd, int lengthBytes);

  /// A fill of fewer bytes than this has taken all that the source had: there was room for more.
  abstract int roomyFillBytes();

  /// Gives everything back, and loses what is in it.
  abstract void destroy();

  /// The most that it can hold.
  final int capacityBytes() {
    return capacityBytes;
  }
}
