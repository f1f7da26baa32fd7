package org.beaconrelay.server.transport;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.testing.Choices;

/// What a stranger sends in the place of TLS: records are taken one at a time and not a byte more,
/// in whatever pieces they come, and what is none is told from them.
///
/// Input: two lengths of pieces, which come by turns, and what is sent.
public final class TlsRecordsFuzz {
  private static final Wire WIRE = new Wire();
  private static final ByteBuffer ROOM = ByteBuffer.allocateDirect(TlsRecords.MAX_LENGTH);

  private TlsRecordsFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Choices choices = new Choices(input);
    int[] pieceBytes = {1 + choices.applyAsInt(256), 1 + choices.applyAsInt(4096)};
    byte[] bytes = choices.takeRest();
    TlsRecords records = new TlsRecords();
    int sent = 0;
    int taken = 0;
    int result = -Errno.EAGAIN;
    for (int i = 0; result == -Errno.EAGAIN && sent < bytes.length; i++) {
      int length = Math.min(pieceBytes[i % pieceBytes.length], bytes.length - sent);
      WIRE.send(bytes, sent, length);
      sent += length;
      for (result = take(records); result > 0; result = take(records)) {
        require(result == recordLength(bytes, taken, sent), "a record of " + result);
        require(isTaken(bytes, taken, result), "another record");
        taken += result;
      }
    }
    byte[] unread = WIRE.takeUnread();

    require(result == recordLength(bytes, taken, sent), "ends with " + result);
    if (result == -Errno.EPROTO) { // what was taken of it is shown, so that it can be answered
      require(isTaken(bytes, taken, ROOM.remaining()), "another beginning");
      taken += ROOM.remaining();
      require(Arrays.equals(unread, Arrays.copyOfRange(bytes, taken, sent)), "takes too much");
    } else {
      require(unread.length == 0, "leaves what belongs to a record");
    }
  }

  private static int take(TlsRecords records) {
    return records.take(WIRE.syscalls, WIRE.fd(), ROOM);
  }

  private static boolean isTaken(byte[] bytes, int offset, int length) {
    return ROOM.position() == 0
        && ROOM.remaining() == length
        && ROOM.slice(0, length).equals(ByteBuffer.wrap(bytes, offset, length));
  }

  /// RFC 8446, section 5, once more: the length of the record that begins at `offset`, or EAGAIN if
  /// it is not whole by `end`, or EPROTO. A header is read before its length is looked at.
  private static int recordLength(byte[] bytes, int offset, int end) {
    int have = end - offset;
    if (have >= 1 && (bytes[offset] < 20 || bytes[offset] > 23)) {
      return -Errno.EPROTO;
    }
    if (have >= 2 && bytes[offset + 1] != 3) {
      return -Errno.EPROTO;
    }
    if (have < 5) {
      return -Errno.EAGAIN;
    }
    int length = 5 + Byte.toUnsignedInt(bytes[offset + 3]) * 256 + (bytes[offset + 4] & 0xFF);
    if (length > 5 + 16_640) {
      return -Errno.EPROTO;
    }
    return have < length ? -Errno.EAGAIN : length;
  }

  private static void require(boolean holds, Object what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  /// Two records and the beginning of a third; the longest record; one byte longer.
  public static List<byte[]> seeds() {
    byte[] handshake = {22, 3, 1, 0, 4, 1, 0, 0, 0};
    byte[] alert = {21, 3, 3, 0, 2, 1, 0};
    byte[] longest = Arrays.copyOf(new byte[] {23, 3, 3, 0x41, 0}, 5 + 16_640);
    byte[] pieces = {-1, 15, -1};
    return List.of(
        Seeds.join(pieces, handshake, alert, new byte[] {23, 3}),
        Seeds.join(new byte[] {0, 0, 2}, alert, handshake),
        Seeds.join(pieces, longest, alert),
        Seeds.join(pieces, new byte[] {23, 3, 3, 0x41, 1}));
  }
}
