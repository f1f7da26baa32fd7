package org.beaconrelay.server.transport;

import java.nio.ByteBuffer;
import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.server.linux.Syscalls;

/// Takes TLS records off a socket, one at a time and not a byte more: what stands behind a
/// close_notify is no TLS any more and stays in the kernel (PROTOCOL.md, section 6).
///
/// ```text
/// +---------------+---------------+---------------+---------------+---------------+
/// |     type      |    legacy version = 3, 1 or 3 |            length             |
/// +---------------+---------------+---------------+---------------+---------------+
/// ```
///
/// Source: RFC 8446, section 5.1 and 5.2.
///
/// **Thread:** shard-confined.
final class TlsRecords {
  static final int HEADER_LENGTH = 5;

  /// A record of TLS 1.3: 2^14 bytes of content, and 256 for what encryption adds.
  static final int MAX_LENGTH = HEADER_LENGTH + (1 << 14) + 256;

  /// What a record takes that has no content but an alert or a key update: two dozen bytes, unless
  /// it is padded.
  static final int SHORT_LENGTH = 256;

  private static final int FIRST_TYPE = 20; // change_cipher_spec
  private static final int LAST_TYPE = 23; // application_data
  private static final int VERSION_OFFSET = 1;
  private static final int LENGTH_OFFSET = 3;
  private static final byte[] NOTHING = {};

  /// What has come of a record that is not whole yet.
  private byte[] begun = NOTHING;

  private int mostLength = MAX_LENGTH;

  /// Takes no record any more that is longer than [#SHORT_LENGTH].
  void expectShortOnes() {
    mostLength = SHORT_LENGTH;
  }

  /// Takes what is there of the next record.
  ///
  /// @param record room for [#MAX_LENGTH]; holds the record if it is whole, or the beginning of
  ///   what is none
  /// @return length of the record, 0 at the end of the stream, or `-errno`: EAGAIN (not whole yet),
  ///   EPROTO (no record of TLS, or one that is too long)
  int take(Syscalls syscalls, int fd, ByteBuffer record) {
    record.clear().put(begun);
    begun = NOTHING;
    int wanted = wanted(record);
    while (wanted >= 0 && record.position() < wanted) {
      record.limit(wanted);
      int received = syscalls.receive(fd, record);
      if (received == -Errno.EAGAIN) {
        begun = new byte[record.position()];
        record.flip().get(begun);
        return received;
      }
      if (received <= 0) {
        return received;
      }
      wanted = wanted(record);
    }
    record.flip();
    return wanted < 0 ? -Errno.EPROTO : wanted;
  }

  /// Up to where to read next: to the end of the header, then to that of the record; -1 if it is
  /// none.
  private int wanted(ByteBuffer record) {
    int have = record.position();
    if (have > 0 && (record.get(0) < FIRST_TYPE || record.get(0) > LAST_TYPE)) {
      return -1;
    }
    if (have > VERSION_OFFSET && record.get(VERSION_OFFSET) != 3) {
      return -1;
    }
    if (have < HEADER_LENGTH) {
      return HEADER_LENGTH;
    }
    int length = HEADER_LENGTH + (record.getShort(LENGTH_OFFSET) & 0xFFFF);
    return length <= mostLength ? length : -1;
  }
}
