package org.beaconrelay.server.fuzz;

import java.util.List;

/// A defect behind eight bytes: pure chance has 2^64 to try, whoever is guided by coverage takes
/// one after the other. Where it is not found, that nothing else is found means nothing.
public final class PlantedFuzz {
  /// What it says when it is found.
  static final String FAULT = "planted";

  private PlantedFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    if (input.length == 8
        && input[0] == 'B'
        && input[1] == 'C'
        && input[2] == 'N'
        && input[3] == '1'
        && input[4] == 4
        && input[5] == 7
        && input[6] == 1
        && input[7] == 1) {
      throw new AssertionError(FAULT);
    }
  }

  public static List<byte[]> seeds() {
    return List.of(new byte[8]);
  }
}
