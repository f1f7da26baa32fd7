package org.beaconrelay.app;

import java.util.Locale;

/// An option of a command: may be given as a flag, in the environment, or in the properties file.
sealed interface Option
    permits RelayOption,
        AdminOption,
        DiscloseOption,
        LogOption,
        EndpointOption,
        BridgeOption,
        BrokerOption,
        PkiOption,
        RetentionOption,
        ProveOption,
        ReportOption,
        CommonOption {
  /// All that is said of it.
  OptionText text();

  /// Its name in the properties file: `max-wait`.
  default String key() {
    return text().key();
  }

  /// Its name on the command line: `--max-wait`.
  default String flag() {
    return "--" + key();
  }

  /// Its name in the environment: `BEACON_MAX_WAIT`.
  default String variable() {
    return OptionSet.VARIABLE_PREFIX + key().replace('-', '_').toUpperCase(Locale.ROOT);
  }

  /// What is written on the command line: `--max-wait TIME`.
  default String usage() {
    return (flag() + " " + text().valueLabel()).strip();
  }
}
