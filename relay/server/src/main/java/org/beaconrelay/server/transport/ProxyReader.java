package org.beaconrelay.server.transport;

import java.util.Arrays;
import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.server.linux.Syscalls;
import org.jspecify.annotations.Nullable;

/// Reads a link's PROXY header and not one byte more: what comes behind it stays in the kernel.
///
/// How long a header is stands in its middle, or is found at its end. So what is there is looked at
/// without being taken, and then as much is taken as belongs to it.
///
/// **Thread:** shard-confined.
public final class ProxyReader {
  private static final int FIRST_ROOM_BYTES = 128;

  private byte[] bytes = new byte[FIRST_ROOM_BYTES];
  private int length;

  /// Takes what is there of the header.
  ///
  /// @return what it amounts to; a stream that ends early is refused; null if the link is broken
  public @Nullable ProxyHeader read(Syscalls syscalls, int fd) {
    while (true) {
      if (length == bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.min(ProxyHeader.MAX_LENGTH, 2 * length));
      }
      int there = syscalls.peek(fd, bytes, length, bytes.length - length);
      if (there == -Errno.EAGAIN) {
        return new ProxyHeader.Incomplete();
      }
      if (there < 0) {
        return null;
      }
      ProxyHeader header =
          there == 0 ? new ProxyHeader.Refused() : ProxyHeader.of(bytes, length + there);
      int belonging =
          switch (header) {
            case ProxyHeader.Incomplete() -> there;
            case ProxyHeader.Complete complete -> complete.length() - length;
            case ProxyHeader.Refused() -> 0;
          };
      if (belonging > 0 && syscalls.discard(fd, belonging) != belonging) {
        return null;
      }
      length += belonging;
      if (!(header instanceof ProxyHeader.Incomplete)) {
        return header;
      }
    }
  }

  /// Whether nothing has come at all.
  public boolean isEmpty() {
    return length == 0;
  }
}
