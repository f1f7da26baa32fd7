package org.beaconrelay.app;

/// A value that is not what its option takes.
final class BadValueException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String advice;

  /// @param advice what is wrong and what to write instead
  BadValueException(String advice) {
    super(advice);
    this.advice = advice;
  }

  String advice() {
    return advice;
  }
}
