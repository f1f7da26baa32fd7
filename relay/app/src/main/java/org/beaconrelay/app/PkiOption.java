package org.beaconrelay.app;

import org.beaconrelay.endpoint.pki.CertificateLifetimes;

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
          OptionText.code(CertificateLifetimes.LEAF.toDays()),
          "How long the certificates of bridge and broker are valid; the CA is valid for %d days."
              .formatted(CertificateLifetimes.AUTHORITY.toDays())));

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
