package org.beaconrelay.app;

import org.beaconrelay.endpoint.pki.CertificateAuthority;

/// The options of `beacon pki`.
enum PkiOption implements Option {
  OUT(
      OptionText.of(
          OptionGroup.FILES, "out", "DIR", "this directory", "Where to put them; it must exist.")),
  DAYS(
      OptionText.of(
          OptionGroup.FILES,
          "days",
          "N",
          OptionText.code(CertificateAuthority.LEAF_LIFETIME.toDays()),
          "How long the certificates of bridge and broker are valid; the CA is valid for %d days."
              .formatted(CertificateAuthority.LIFETIME.toDays())));

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final OptionText text;

  PkiOption(OptionText text) {
    this.text = text;
  }

  @Override
  public OptionText text() {
    return text;
  }
}
