package org.beaconrelay.app;

/// What options are about; the headings of the help.
enum OptionGroup {
  FILES("Files"),
  RELAY("The relay"),
  IDENTITY("Who this end is"),
  CONNECTIONS("Connections"),
  LINKS("Links"),
  OUTER_TLS("Outer TLS"),
  BYTES("Bytes"),
  TIMES("Times (`0` or `off` switches a limit off)"),
  LIMITS("Limits"),
  ACCESS("Who may come"),
  ADMIN("Admin port"),
  CONNECTION_LOG("Connection log"),
  PROOF("What is proven"),
  REPORT("The report"),
  CONFIGURATION("Configuration");

  private final String heading;

  OptionGroup(String heading) {
    this.heading = heading;
  }

  String heading() {
    return heading;
  }
}
