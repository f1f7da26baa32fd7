package org.beaconrelay.server.rendezvous;

import java.util.List;
import org.beaconrelay.testing.Choices;

/// Events in the order that the input says, as in [RendezvousPropertyTest].
public final class RendezvousFuzz {
  private RendezvousFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Choices choices = new Choices(input);
    RendezvousModel model = new RendezvousModel(choices);
    while (choices.isMore()) {
      model.step();
    }
  }

  /// Nobody; two that are paired; more of one role than may wait, and the end of it all.
  public static List<byte[]> seeds() {
    return List.of(
        new byte[] {},
        new byte[] {0, 8, 3, 0, 8, 3, 1},
        new byte[] {1, 8, 3, 0, 8, 3, 0, 8, 3, 0, 8, 9, 1, 0, 0, 8, 3, 1});
  }
}
