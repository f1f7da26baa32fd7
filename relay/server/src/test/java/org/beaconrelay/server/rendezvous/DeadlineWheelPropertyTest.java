package org.beaconrelay.server.rendezvous;

import java.util.Random;
import org.beaconrelay.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Seeded.class)
final class DeadlineWheelPropertyTest {
  private static final int WORLDS = 300;
  private static final int STEPS = 1_000;

  @Test
  void isNeverEarlyAndAtMostOneTickLate(Random random) {
    for (int i = 0; i < WORLDS; i++) {
      DeadlineModel model = new DeadlineModel(random::nextInt, random.nextLong() >> 2);
      for (int step = 0; step < STEPS; step++) {
        model.step();
      }
    }
  }
}
