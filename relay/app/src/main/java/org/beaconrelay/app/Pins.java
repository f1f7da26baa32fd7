package org.beaconrelay.app;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;

/// SHA-256 hashes of certificates, with commas between: 64 hex digits each, also as openssl writes
/// them.
final class Pins {
  private Pins() {}

  /// @return in lower case, without colons
  static Set<String> parse(String text) throws BadValueException {
    Set<String> pins = new LinkedHashSet<>();
    for (String part : text.split(",", -1)) {
      String pin = part.strip().replace(":", "").toLowerCase(Locale.ROOT);
      if (!pin.matches("[0-9a-f]{64}")) {
        throw new BadValueException(
            "write the 64 hex digits behind sha256= in the relay's ready line, or of openssl x509"
                + " -noout -fingerprint -sha256");
      }
      pins.add(pin);
    }
    return pins;
  }
}
