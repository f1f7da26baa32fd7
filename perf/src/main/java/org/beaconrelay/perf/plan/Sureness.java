package org.beaconrelay.perf.plan;

import org.beaconrelay.perf.page.Block.Cell;
import org.beaconrelay.perf.page.Block.Tone;

/// How far an estimate is to be trusted.
enum Sureness {
  SURE("sure", Tone.GOOD),
  LIKELY("likely", Tone.FAIR),
  UNCERTAIN("uncertain", Tone.BAD);

  private static final int ENOUGH_REPETITIONS = 3;
  private static final double SURE_SPREAD = 1.25;
  private static final double LIKELY_FACTOR = 3;
  private static final double LIKELY_SPREAD = 2;

  static final String RULE =
      "Sure: no more is wanted of a replica than was measured, through no more pairs, "
          + "at least three measurements, and they lie within a quarter of each other. "
          + "Likely: at most 3 times as much is wanted as was measured, and the measurements lie "
          + "within a factor of 2. Uncertain: all else. "
          + "The spread is the dearest measurement by the cheapest, or, if it is more, how far a "
          + "step of a ramp lies off the line.";

  private final String word;
  private final Tone tone;

  Sureness(String word, Tone tone) {
    this.word = word;
    this.tone = tone;
  }

  /// @param factor wanted by measured
  /// @param spread between measurements of the same, 1 or more
  static Sureness of(double factor, int measurements, double spread) {
    if (factor <= 1 && measurements >= ENOUGH_REPETITIONS && spread <= SURE_SPREAD) {
      return SURE;
    }
    return factor <= LIKELY_FACTOR && spread <= LIKELY_SPREAD ? LIKELY : UNCERTAIN;
  }

  Cell cell() {
    return new Cell(word, tone);
  }
}
