package org.beaconrelay.app;

import java.util.Arrays;
import java.util.stream.Collectors;
import org.beaconrelay.app.log.Privacy;
import org.beaconrelay.app.log.Retention;

/// The options of `beacon relay` about its connection log.
enum LogOption implements Option {
  CONNECTION_LOG(
      "connection-log",
      "stdout|FILE",
      "`off`",
      "Where to write one line (JSON) for each link that has ended: standard output, or a file that"
          + " is made if it is not there, and becomes several with time."),
  LOG_ADDRESS(
      "log-address",
      privacies(),
      OptionText.code(Privacy.FULL.label()),
      "How addresses are logged: `truncated` to the network (IPv4 /24, IPv6 /48) without the port,"
          + " as a `pseudonym` of the host that is another one every day, or not at all."),
  LOG_HASH(
      "log-hash",
      privacies(),
      OptionText.code(Privacy.FULL.label()),
      "How info_hashes are logged: `truncated` to 8 hex digits, as a `pseudonym` that is another"
          + " one every day, or not at all."),
  RETENTION(
      "retention",
      "TIME",
      OptionText.code(Retention.DEFAULT.atMost()),
      "Age that no record in a file exceeds; `0` or `off` keeps them for ever.");

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final OptionText text;

  LogOption(String key, String valueLabel, String defaultText, String meaning) {
    this.text = OptionText.of(OptionGroup.CONNECTION_LOG, key, valueLabel, defaultText, meaning);
  }

  private static String privacies() {
    return Arrays.stream(Privacy.values()).map(Privacy::label).collect(Collectors.joining("|"));
  }

  @Override
  public OptionText text() {
    return text;
  }
}
