package org.beaconrelay.endpoint.pki;

/// A certificate or key that cannot be used, or cannot be made.
///
/// The message says what is wrong and what to do, as what follows the name of a file and a colon;
/// it has nothing of a key in it.
public final class PkiException extends Exception {
  private static final long serialVersionUID = 1L;

  PkiException(String problem) {
    super(problem);
  }

  /// As [#getMessage], which is never null here.
  public String problem() {
    return String.valueOf(getMessage());
  }
}
