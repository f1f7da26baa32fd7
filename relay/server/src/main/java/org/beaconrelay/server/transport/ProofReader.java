package org.beaconrelay.server.transport;

import java.util.Arrays;
import org.beaconrelay.protocol.Proof;
import org.beaconrelay.protocol.ProofCheck;
import org.beaconrelay.server.linux.Errno;
import org.jspecify.annotations.Nullable;

/// Reads a link's proof and not one byte more: what comes behind it stays in the kernel.
///
/// Room is made as bytes come, so that whoever promises 16 KiB and sends 16 bytes holds no more
/// than those.
///
/// **Thread:** shard-confined.
public final class ProofReader {
  private static final int FIRST_ROOM_BYTES = 1024;

  private byte[] bytes = new byte[Proof.HEADER_LENGTH];
  private int length;

  /// Takes what is there, up to the end of the proof.
  ///
  /// @return what it amounts to; a stream that ends early is refused; null if the link is broken
  public @Nullable ProofCheck read(AnnounceReader.Source source) {
    ProofCheck check = ProofCheck.of(bytes, length);
    while (check instanceof ProofCheck.Incomplete(int wantedLength)) {
      if (length == bytes.length) {
        int room = Math.max(FIRST_ROOM_BYTES, 2 * bytes.length);
        bytes = Arrays.copyOf(bytes, Math.min(wantedLength, room));
      }
      int received = source.receive(bytes, length, bytes.length - length);
      if (received == -Errno.EAGAIN) {
        return check;
      }
      if (received < 0) {
        return null;
      }
      if (received == 0) {
        return new ProofCheck.Refused();
      }
      length += received;
      check = ProofCheck.of(bytes, length);
    }
    return check;
  }
}
