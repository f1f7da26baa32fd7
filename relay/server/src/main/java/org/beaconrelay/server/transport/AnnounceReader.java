package org.beaconrelay.server.transport;

import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.AnnounceCheck;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.server.linux.Errno;
import org.jspecify.annotations.Nullable;

/// Reads a link's announce and not one byte more: what comes behind it stays in the kernel.
///
/// **Thread:** shard-confined.
public final class AnnounceReader {
  /// Where it comes from.
  public interface Source {
    /// Takes up to `length` bytes into `target`, from `offset` on.
    ///
    /// @return bytes taken, 0 at the end, or `-errno`
    int receive(byte[] target, int offset, int length);
  }

  private final boolean outerTls;
  private final @Nullable RejectReason refusal;
  private final byte[] bytes = new byte[Announce.LENGTH];
  private int length;

  /// @param outerTls whether it comes inside outer TLS
  /// @param refusal why the link is turned away whatever it announces, or null
  public AnnounceReader(boolean outerTls, @Nullable RejectReason refusal) {
    this.outerTls = outerTls;
    this.refusal = refusal;
  }

  /// Takes what is there: all of it, for an end of the stream behind it is not reported again.
  ///
  /// @return what it amounts to; a stream that ends early is malformed; null if the link is broken
  public @Nullable AnnounceCheck read(Source source) {
    AnnounceCheck check;
    do {
      int received = source.receive(bytes, length, bytes.length - length);
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
      check = AnnounceCheck.of(bytes, length, outerTls);
    } while (check instanceof AnnounceCheck.Incomplete);
    return refusal == null ? check : new AnnounceCheck.Refused(refusal);
  }

  /// Whether the endpoint has said nothing at all.
  public boolean isEmpty() {
    return length == 0;
  }
}
