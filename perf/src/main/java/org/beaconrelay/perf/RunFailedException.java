package org.beaconrelay.perf;

import org.jspecify.annotations.Nullable;

/// The run cannot go on; the message is for the person who started it.
public final class RunFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  public RunFailedException(String message) {
    super(message);
  }

  public RunFailedException(String message, @Nullable Throwable cause) {
    super(message + ": " + cause, cause);
  }
}
