package org.beaconrelay.server.rendezvous;

import java.util.Random;
import org.beaconrelay.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Seeded.class)
final class RendezvousPropertyTest {
  private static final int WORLDS = 300;
  private static final int STEPS = 1_000;

  @Test
  void doesWhatTheProtocolSaysWhateverHappens(Random random) {
    for (int i = 0; i < WORLDS; i++) {
      RendezvousModel model = new RendezvousModel(random::nextInt);
      for (int step = 0; step < STEPS; step++) {
        model.step();
      }
    }
  }
}
