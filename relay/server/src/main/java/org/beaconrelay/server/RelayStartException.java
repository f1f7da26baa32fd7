package org.beaconrelay.server;

/// The relay could not start; nothing is listening. The message says what to do.
public final class RelayStartException extends Exception {
  private static final long serialVersionUID = 1L;

  RelayStartException(String message) {
    super(message);
  }
}
