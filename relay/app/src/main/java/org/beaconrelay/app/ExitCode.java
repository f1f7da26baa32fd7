package org.beaconrelay.app;

/// What a command tells its caller at the end; the numbers of sysexits.h.
final class ExitCode {
  static final int OK = 0;
  static final int FAILURE = 1;

  /// The command line itself is wrong: an unknown command or option, a value missing.
  static final int USAGE = 64;

  /// Something on this host is not to be had: a port, a transport, splice.
  static final int UNAVAILABLE = 69;

  /// A value is wrong, wherever it came from.
  static final int CONFIGURATION = 78;

  private ExitCode() {}
}
