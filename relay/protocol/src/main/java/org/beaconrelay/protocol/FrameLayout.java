package org.beaconrelay.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The bytes of a [Frame]: offsets, codes, and the way there and back.
final class FrameLayout {
  /// "BCN1", the first four bytes of everything that is BRP/1.
  static final int MAGIC = 0x42434E31;

  static final int TYPE_WAITING = 2;
  static final int TYPE_PAIRED = 3;
  static final int TYPE_REJECTED = 4;
  static final int TYPE_CHALLENGE = 5;
  static final int TYPE_OFFSET = 4;
  static final int CODE_OFFSET = 5;
  static final int RETRY_AFTER_OFFSET = 6;
  static final int PAIR_ID_OFFSET = 8;

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private FrameLayout() {}

  /// Byte `offset`, 0 to 3, of the magic, as an unsigned value.
  static int magicByte(int offset) {
    return MAGIC >>> (24 - 8 * offset) & 0xFF;
  }

  static byte[] bytes(int type, int code, int retryAfterS, long pairId) {
    byte[] bytes = new byte[Frame.LENGTH];
    INT.set(bytes, 0, MAGIC);
    bytes[TYPE_OFFSET] = (byte) type;
    bytes[CODE_OFFSET] = (byte) code;
    SHORT.set(bytes, RETRY_AFTER_OFFSET, (short) retryAfterS);
    LONG.set(bytes, PAIR_ID_OFFSET, pairId);
    return bytes;
  }

  static Frame parse(byte[] bytes) {
    if (bytes.length < Frame.LENGTH) {
      throw new IllegalArgumentException("a frame has 16 bytes, not " + bytes.length);
    }
    if ((int) INT.get(bytes, 0) != MAGIC) {
      throw new IllegalArgumentException("not a BRP/1 relay: the frame does not begin with BCN1");
    }
    int code = bytes[CODE_OFFSET] & 0xFF;
    int retryAfterS = (short) SHORT.get(bytes, RETRY_AFTER_OFFSET) & 0xFFFF;
    long pairId = (long) LONG.get(bytes, PAIR_ID_OFFSET);
    return switch (bytes[TYPE_OFFSET]) {
      case TYPE_WAITING -> new Frame.Waiting();
      case TYPE_PAIRED -> new Frame.Paired(pairId);
      case TYPE_REJECTED -> {
        RejectReason reason = RejectReason.ofCode(code);
        if (reason == null) {
          throw new IllegalArgumentException("unknown reject code " + code);
        }
        yield new Frame.Rejected(reason, retryAfterS);
      }
      case TYPE_CHALLENGE -> new Frame.Challenge();
      default -> throw new IllegalArgumentException("unknown frame type " + bytes[TYPE_OFFSET]);
    };
  }
}
