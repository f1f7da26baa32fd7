package org.beaconrelay.app;

/// What `beacon doctor` found out about one thing.
///
/// @param advice what to set, or what it means
record Finding(Status status, String what, String value, String advice) {
  enum Status {
    OK("ok", "green"),
    /// Works, but not as well or as far as it could.
    WARN("warn", "yellow"),
    /// A relay cannot start.
    FAIL("FAIL", "red,bold");

    private final String text;
    private final String style;

    Status(String text, String style) {
      this.text = text;
      this.style = style;
    }

    String text() {
      return text;
    }

    /// In picocli's words.
    String style() {
      return style;
    }
  }

  static Finding ok(String what, String value, String advice) {
    return new Finding(Status.OK, what, value, advice);
  }

  static Finding warn(String what, String value, String advice) {
    return new Finding(Status.WARN, what, value, advice);
  }

  static Finding fail(String what, String value, String advice) {
    return new Finding(Status.FAIL, what, value, advice);
  }
}
