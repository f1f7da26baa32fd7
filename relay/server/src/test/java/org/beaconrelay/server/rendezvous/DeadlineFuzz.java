package org.beaconrelay.server.rendezvous;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.beaconrelay.testing.Choices;

/// Events in the order that the input says, as in [DeadlineWheelPropertyTest].
public final class DeadlineFuzz {
  private DeadlineFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Choices choices = new Choices(input);
    long startNs = ByteBuffer.wrap(Arrays.copyOf(choices.take(Long.BYTES), Long.BYTES)).getLong();
    DeadlineModel model = new DeadlineModel(choices, startNs >> 2);
    while (choices.isMore()) {
      model.step();
    }
  }

  /// One that is scheduled, and expires; one that is cancelled before.
  public static List<byte[]> seeds() {
    return List.of(
        new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 7, 0, 0, 1, 0, 0, 0, 9, 6, 0, 2, 0, 0, 2, 1, 1, 5},
        new byte[] {
          1, 2, 3, 4, 5, 6, 7, 8, 7, 0, 0, 1, 0, 0, 0, 7, 4, 9, 6, 0, 2, 0, 0, 2, 1, 1, 5
        });
  }
}
