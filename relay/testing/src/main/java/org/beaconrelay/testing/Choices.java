package org.beaconrelay.testing;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;

/// Bytes as choices, so that a fuzzer that changes bytes changes what happens next: in the place of
/// the generator of a property test.
///
/// **Thread:** one.
public final class Choices implements IntUnaryOperator {
  private final byte[] bytes;
  private int used;

  public Choices(byte... bytes) {
    this.bytes = bytes;
  }

  /// Chooses a number from 0 on that is below `bound`, by as few bytes as that takes; 0 where none
  /// are left.
  @Override
  public int applyAsInt(int bound) {
    long value = 0;
    for (long values = 1; values < bound && used < bytes.length; values <<= Byte.SIZE) {
      value = value << Byte.SIZE | (bytes[used++] & 0xFF);
    }
    return (int) (value % bound);
  }

  /// Whether there is anything left to choose by.
  public boolean isMore() {
    return used < bytes.length;
  }

  /// The next bytes as they are, `length` of them if there are so many.
  public byte[] take(int length) {
    byte[] taken = Arrays.copyOfRange(bytes, used, used + Math.min(length, bytes.length - used));
    used += taken.length;
    return taken;
  }

  /// All that is left, as it is.
  public byte[] takeRest() {
    return take(bytes.length);
  }
}
