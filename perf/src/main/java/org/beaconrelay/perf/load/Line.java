package org.beaconrelay.perf.load;

/// The straight line that comes closest to some points (least squares).
///
/// @param slope what each unit of x adds to y
/// @param intercept y where x is 0
/// @param largestResidual how far the point is from it that is farthest, in units of y
record Line(double slope, double intercept, double largestResidual) {
  /// @param x two different ones at least
  /// @param y as many
  static Line fit(double[] x, double[] y) {
    double meanX = mean(x);
    double meanY = mean(y);
    double products = 0;
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      products += (x[i] - meanX) * (y[i] - meanY);
      squares += (x[i] - meanX) * (x[i] - meanX);
    }
    double slope = products / squares;
    double intercept = meanY - slope * meanX;
    double largestResidual = 0;
    for (int i = 0; i < x.length; i++) {
      largestResidual = Math.max(largestResidual, Math.abs(y[i] - (intercept + slope * x[i])));
    }
    return new Line(slope, intercept, largestResidual);
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }
}
