package org.beaconrelay.perf.plan;

/// What one result says of one quantity.
///
/// @param extent how much of it there was: a second, or at once
/// @param each what one of it takes: seconds of CPU, or bytes of memory
/// @param pipesEach pipes that the relay had for one of it
record Sample(Result result, Quantity quantity, double extent, double each, double pipesEach) {
  private static final double NS_PER_S = 1e9;
  private static final double BYTES_PER_GBIT = 1e9 / 8;

  static Sample ofRate(Result result, Quantity quantity, Result.Run run) {
    double done = quantity == Quantity.GBITS ? run.done() / BYTES_PER_GBIT : run.done();
    double perSecond = done / (run.elapsedNs() / NS_PER_S);
    return new Sample(
        result,
        quantity,
        perSecond,
        run.cpuNs().orElseThrow() / NS_PER_S / done,
        run.pipes() / perSecond);
  }

  static Sample ofRamp(Result result, Quantity quantity, Result.Ramp ramp) {
    return new Sample(result, quantity, ramp.mostLinks(), ramp.bytesEach(), 0);
  }

  /// The ramp that it comes from.
  Result.Ramp ramp() {
    Result.Run relay = result.relay();
    Result.Ramp ramp = relay == null ? null : relay.ramp();
    if (ramp == null) {
      throw new IllegalStateException(result.name() + " is no ramp");
    }
    return ramp;
  }

  /// That it went through; 0 where it is not about what goes through pairs.
  double pairs() {
    return Quantity.PIPED.contains(quantity)
        ? Double.parseDouble(result.scenario().getOrDefault("pairs", "0"))
        : 0;
  }

  /// Of a message; 0 where it is not about messages.
  double messageBytes() {
    return quantity == Quantity.MESSAGES
        ? Double.parseDouble(result.scenario().getOrDefault("size", "0"))
        : 0;
  }
}
