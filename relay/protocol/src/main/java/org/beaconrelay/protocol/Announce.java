package org.beaconrelay.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// What an endpoint says first and only once: who it is and whom it wants (PROTOCOL.md, section 3).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------------------------------------------------------+
/// |                   magic "BCN1" = 42 43 4E 31                  |  0
/// +---------------+---------------+-------------------------+-+-+-+
/// |   type = 1    |     role      |        zero             |P|T|E|  4
/// +---------------+---------------+-------------------------+-+-+-+
/// |                                                               |  8
/// |                     info_hash (32 bytes)                      |
/// |                                                               |
/// +---------------------------------------------------------------+
/// |                            wait_ms                            | 40
/// +---------------------------------------------------------------+
/// |                         reserved = 0                          | 44
/// +---------------------------------------------------------------+
/// ```
///
/// E = EXACT, T = TUNNEL, P = PROOF offered. All integers are unsigned and big-endian.
///
/// @param exact reads TLS records exactly, so that the switch-over costs no round trip; without a
///   meaning on a plain link
/// @param tunnel asks to keep the outer TLS on
/// @param proof offers a proof of possession
/// @param waitMs the longest wait for a counterpart, 0 to 2^32 - 1 ms; 0 = as long as the relay
///   allows
public record Announce(
    Role role, boolean exact, boolean tunnel, boolean proof, InfoHash infoHash, long waitMs) {
  /// Length on the wire, always.
  public static final int LENGTH = 48;

  /// Bit 0 of flags.
  static final int EXACT = 1;

  /// Bit 1 of flags.
  static final int TUNNEL = 1 << 1;

  /// Bit 2 of flags.
  static final int PROOF = 1 << 2;

  static final int TYPE = 1;
  static final int TYPE_OFFSET = 4;
  static final int ROLE_OFFSET = 5;
  static final int FLAGS_OFFSET = 6;
  static final int INFO_HASH_OFFSET = 8;
  static final int WAIT_MS_OFFSET = 40;
  static final int RESERVED_OFFSET = 44;

  private static final long MAX_WAIT_MS = 0xFFFF_FFFFL;
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  /// @throws IllegalArgumentException if `waitMs` is out of range
  public Announce {
    if (waitMs < 0 || waitMs > MAX_WAIT_MS) {
      throw new IllegalArgumentException("wait_ms is 0 to 4294967295, not " + waitMs);
    }
  }

  /// An announce without flags that waits as long as the relay allows.
  public static Announce of(Role role, InfoHash infoHash) {
    return new Announce(role, false, false, false, infoHash, 0);
  }

  /// Reads 48 bytes that [AnnounceCheck] found to be a whole announce.
  static Announce read(byte[] bytes) {
    int flags = bytes[FLAGS_OFFSET + 1];
    return new Announce(
        bytes[ROLE_OFFSET] == Role.BRIDGE.code() ? Role.BRIDGE : Role.BROKER,
        (flags & EXACT) != 0,
        (flags & TUNNEL) != 0,
        (flags & PROOF) != 0,
        InfoHash.read(bytes, INFO_HASH_OFFSET),
        Integer.toUnsignedLong((int) INT.get(bytes, WAIT_MS_OFFSET)));
  }

  /// The 48 bytes of the wire.
  public byte[] toBytes() {
    byte[] bytes = new byte[LENGTH];
    INT.set(bytes, 0, FrameLayout.MAGIC);
    bytes[TYPE_OFFSET] = TYPE;
    bytes[ROLE_OFFSET] = (byte) role.code();
    bytes[FLAGS_OFFSET + 1] =
        (byte) ((exact ? EXACT : 0) | (tunnel ? TUNNEL : 0) | (proof ? PROOF : 0));
    infoHash.write(bytes, INFO_HASH_OFFSET);
    INT.set(bytes, WAIT_MS_OFFSET, (int) waitMs);
    return bytes;
  }
}
