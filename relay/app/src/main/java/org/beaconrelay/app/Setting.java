package org.beaconrelay.app;

/// A value that was given for an option, not yet understood.
record Setting(Option option, String value, Origin origin) {
  /// Where it was given, and the value: how a problem with it begins.
  String place() {
    return origin.place(option) + " " + Quoted.of(value);
  }
}
