package org.beaconrelay.server.splice;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.beaconrelay.server.splice.Flow.Side;
import org.beaconrelay.server.splice.Flow.State;
import org.beaconrelay.server.splice.Flow.Step;
import org.beaconrelay.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// Runs flows between a source, a pipe and a sink that are queues of numbered bytes.
@ExtendWith(Seeded.class)
final class FlowPropertyTest {
  private static final int STREAMS = 1_000;
  private static final int STEPS = 300;

  @Test
  void deliversEveryByteOnceAndInOrderAndThenTheFin(Random random) {
    for (int i = 0; i < STREAMS; i++) {
      FlowModel world = new FlowModel(random::nextInt);
      for (int step = 0; step < STEPS; step++) {
        world.happen();
        world.work();
      }
      world.finish();
    }
  }

  @Test
  void doesNothingMoreOnceItHasFailed(Random random) {
    for (int i = 0; i < STREAMS; i++) {
      FlowModel world = new FlowModel(random::nextInt);
      for (int step = random.nextInt(STEPS); step > 0; step--) {
        world.happen();
        world.work();
      }
      boolean shut = world.flow.state() == State.SHUT;
      world.flow.failed(random.nextBoolean() ? Side.SOURCE : Side.SINK, 104);
      assertThat(world.flow.state()).isEqualTo(shut ? State.SHUT : State.FAILED);
      for (int step = 0; step < 10; step++) {
        world.happen();
        assertThat(world.flow.next()).isEqualTo(Step.DONE);
      }
    }
  }
}
