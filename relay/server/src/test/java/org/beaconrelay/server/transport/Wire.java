package org.beaconrelay.server.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import org.beaconrelay.server.linux.Loopback;
import org.beaconrelay.server.linux.Syscalls;
import org.beaconrelay.testing.Patience;

/// One connection that serves one stranger after the other, because making a new one costs more
/// than all that is tried on it.
///
/// **Thread:** one. **Owns:** both ends.
final class Wire implements AutoCloseable {
  /// So much can be there at a time.
  static final int MAX_UNREAD_BYTES = 4096;

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final byte[] MARK = "the end of what the relay has sent".getBytes(US_ASCII);

  final Syscalls syscalls = new Syscalls();
  private final Loopback loopback = new Loopback();
  private final Loopback.Connection connection = loopback.connect();
  private final byte[] room = new byte[MAX_UNREAD_BYTES];
  private final ByteBuffer received = ByteBuffer.allocate(1 << 20);

  /// The relay's end.
  int fd() {
    return connection.fd();
  }

  /// Sends some of `bytes` to the relay's end, and returns when they are there.
  void send(byte[] bytes, int offset, int length) {
    int wanted = unread() + length;
    try {
      int written = connection.endpoint().write(ByteBuffer.wrap(bytes, offset, length));
      if (written < length || wanted > MAX_UNREAD_BYTES) {
        throw new AssertionError("too much at once: " + length);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Patience.until(PATIENCE, wanted + " bytes are there", () -> unread() == wanted);
  }

  /// Bytes that are at the relay's end and were not taken.
  int unread() {
    return Math.max(0, syscalls.peek(fd(), room, 0, room.length));
  }

  /// Takes what was not taken.
  byte[] takeUnread() {
    int there = unread();
    return there == 0 ? new byte[0] : Arrays.copyOf(room, (int) syscalls.discard(fd(), there));
  }

  /// What has come from the relay's end since it was asked last.
  byte[] receive() {
    try {
      received.clear();
      int length = connection.endpoint().read(received);
      return Arrays.copyOf(received.array(), Math.max(0, length));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Makes it as new: nothing is under way either way.
  void clear() {
    takeUnread();
    if (syscalls.send(fd(), MARK) != MARK.length) {
      throw new AssertionError("the relay has sent too much");
    }
    received.clear();
    Patience.until(PATIENCE, "the end of what the relay has sent", this::isMarkReceived);
  }

  private boolean isMarkReceived() {
    try {
      connection.endpoint().read(received);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int end = received.position();
    return end >= MARK.length
        && Arrays.equals(received.array(), end - MARK.length, end, MARK, 0, MARK.length);
  }

  @Override
  public void close() {
    loopback.close();
  }
}
