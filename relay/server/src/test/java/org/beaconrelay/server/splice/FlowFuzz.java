package org.beaconrelay.server.splice;

import java.util.List;
import org.beaconrelay.server.splice.Flow.Side;
import org.beaconrelay.server.splice.Flow.State;
import org.beaconrelay.server.splice.Flow.Step;
import org.beaconrelay.testing.Choices;

/// What the kernel answers, and what happens outside, as the input says; at the end of it the flow
/// comes to its own, or fails. See [FlowPropertyTest].
public final class FlowFuzz {
  private static final int ECONNRESET = 104;

  private FlowFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Choices choices = new Choices(input);
    int end = choices.applyAsInt(3);
    FlowModel model = new FlowModel(choices);
    while (choices.isMore()) {
      model.happen();
      model.work();
    }
    if (end == 0) {
      model.finish();
    } else {
      fail(model, end == 1 ? Side.SOURCE : Side.SINK);
    }
  }

  private static void fail(FlowModel model, Side side) {
    model.flow.failed(side, ECONNRESET);
    model.happen();
    if (model.flow.next() != Step.DONE || model.flow.state() != State.FAILED) {
      throw new AssertionError("works on after an error: " + model.flow);
    }
  }

  /// Nothing; some bytes that a slow sink takes; the same, and an error of either side.
  public static List<byte[]> seeds() {
    byte[] slow = {0, 19, 5, 0, 39, 3, 7, 9, 3, 20, 12, 6, 0, 25, 30, 3, 29, 7, 7, 3, 29, 19};
    byte[] sourceFails = slow.clone();
    sourceFails[0] = 1;
    byte[] sinkFails = slow.clone();
    sinkFails[0] = 2;
    return List.of(new byte[] {}, slow, sourceFails, sinkFails);
  }
}
