package org.beaconrelay.server.splice;

import org.beaconrelay.server.linux.Syscalls;

/// What bytes wait in between one end and the other.
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

  /// Takes up to `lengthBytes` from an end. The pipe is empty.
  ///
  /// @return bytes taken, 0 at the end of the stream, or `-errno`
  abstract long fill(SpliceEnd source, int lengthBytes);

  /// Gives up to `lengthBytes`, not more than there are, to an end.
  ///
  /// @return bytes given, or `-errno`
  abstract long flush(SpliceEnd sink, int lengthBytes);

  /// A fill of fewer bytes than this has taken all that the source had: there was room for more.
  abstract int roomyFillBytes();

  /// Gives everything back, and loses what is in it.
  abstract void destroy();

  /// The most that it can hold.
  final int capacityBytes() {
    return capacityBytes;
  }
}
