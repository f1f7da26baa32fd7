package org.beaconrelay.perf.page;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/// Figures as people read them.
public final class Figures {
  private static final MathContext THREE_DIGITS = new MathContext(3);
  private static final double KIB = 1 << 10;
  private static final double MIB = 1 << 20;
  private static final double GIB = 1 << 30;

  private Figures() {}

  /// `12,345`.
  public static String whole(double value) {
    return String.format(Locale.ROOT, "%,d", Math.round(value));
  }

  /// Three digits of it, or all of those before the point.
  public static String decimal(double value) {
    if (Math.abs(value) >= 100) {
      return whole(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(THREE_DIGITS).stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }

  public static String bytes(double bytes) {
    if (bytes >= GIB) {
      return decimal(bytes / GIB) + " GiB";
    }
    if (bytes >= MIB) {
      return decimal(bytes / MIB) + " MiB";
    }
    return bytes >= KIB ? decimal(bytes / KIB) + " KiB" : decimal(bytes) + " B";
  }

  public static String percent(double share) {
    return whole(100 * share) + " %";
  }

  /// How many times something; rounded down where it is a promise.
  public static String times(double factor) {
    if (!Double.isFinite(factor)) {
      return "never";
    }
    return factor >= 100 ? "over 100 x" : decimal(Math.floor(100 * factor) / 100) + " x";
  }
}
