package org.beaconrelay.server.transport;

import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.AnnounceCheck;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.server.linux.Syscalls;
import org.jspecify.annotations.Nullable;

/// Reads a link's announce and not one byte more: what comes behind it stays in the kernel.
///
/// **Thread:** shard-confined.
public final class AnnounceReader {
  private final byte[] bytes = new byte[Announce.LENGTH];
  private int length;

  /// Takes what is there: all of it, for an end of the stream behind it is not reported again.
  ///
  /// @return what it amounts to; a stream that ends early is malformed; null if the link is broken
  public @Nullable AnnounceCheck read(Syscalls syscalls, int fd) {
    AnnounceCheck check;
    do {
      int received = syscalls.receive(fd, bytes, length, bytes.length - length);
      if (received == -Errno.EAGAIN) {
        return new AnnounceCheck.Incomplete();
      }
      if (received < 0) {
        return null;
      }
      if (received == 0) {
        return new AnnounceCheck.Refused(RejectReason.MALFORMED);
      }
      length += received;
      check = AnnounceCheck.of(bytes, length, false);
    } while (check instanceof AnnounceCheck.Incomplete);
    return check;
  }

  /// Whether the endpoint has said nothing at all.
  public boolean isEmpty() {
    return length == 0;
  }
}
