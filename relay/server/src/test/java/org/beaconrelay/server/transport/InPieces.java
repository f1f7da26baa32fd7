package org.beaconrelay.server.transport;

import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.testing.Choices;

/// What a stranger sends, in memory: there in pieces of two lengths, by turns.
final class InPieces implements AnnounceReader.Source {
  private final int[] pieceBytes;
  private final boolean ends;
  private final byte[] bytes;
  private int pieces;
  private int there;
  private int taken;

  /// All that is left of the choices: the lengths of pieces, whether there is an end behind them,
  /// and the bytes.
  InPieces(Choices choices) {
    pieceBytes = new int[] {pieceBytes(choices), pieceBytes(choices)};
    ends = choices.applyAsInt(2) == 1;
    bytes = choices.takeRest();
  }

  private static int pieceBytes(Choices choices) {
    int length = choices.applyAsInt(256);
    return length == 0 ? Integer.MAX_VALUE : length;
  }

  @Override
  public int receive(byte[] target, int offset, int length) {
    if (length == 0) {
      throw new AssertionError("asks for nothing");
    }
    if (taken == there) {
      return ends && there == bytes.length ? 0 : -Errno.EAGAIN;
    }
    int received = Math.min(length, there - taken);
    System.arraycopy(bytes, taken, target, offset, received);
    taken += received;
    return received;
  }

  /// The next piece comes.
  ///
  /// @return false if there is no more
  boolean comes() {
    if (there == bytes.length) {
      return false;
    }
    there += Math.min(pieceBytes[pieces++ % pieceBytes.length], bytes.length - there);
    return true;
  }

  /// Whether it ends with what has been sent.
  boolean ends() {
    return ends;
  }

  /// All of it.
  byte[] bytes() {
    return bytes;
  }

  /// How much of it was taken.
  int taken() {
    return taken;
  }
}
