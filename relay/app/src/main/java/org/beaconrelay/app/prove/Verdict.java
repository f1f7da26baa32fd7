package org.beaconrelay.app.prove;

/// What came of a claim.
public enum Verdict {
  /// It is as the claim says, and the same method tells where it is not.
  HELD("HELD"),
  /// It is not as the claim says.
  BROKEN("NOT HELD"),
  /// The method does not tell where it would be otherwise, so it says nothing.
  UNPROVEN("PROVES NOTHING"),
  /// It could not be tried.
  UNTESTED("NOT TESTED");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  /// For people and programs.
  public String text() {
    return text;
  }
}
