package org.beaconrelay.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/// Finds out which value an option was given: a flag beats the environment, which beats the file.
final class OptionSources {
  private OptionSources() {}

  /// Reads environment and file, and puts them behind the flags.
  ///
  /// @param flags values from the command line
  /// @return what was given; an option that is not there has its default
  static Map<RelayOption, Setting> resolve(
      Map<RelayOption, String> flags, Map<String, String> environment, Problems problems) {
    Map<RelayOption, Setting> settings = new EnumMap<>(RelayOption.class);
    put(settings, EnvironmentVariables.read(environment, problems), new Origin.Variable());
    put(settings, flags, new Origin.Flag());
    Setting config = settings.get(RelayOption.CONFIG);
    if (config != null && config.value().isEmpty()) {
      problems.add(config.place(), "is empty: name a file, or leave it out");
    } else if (config != null) {
      readFile(config, problems)
          .forEach((option, setting) -> settings.putIfAbsent(option, setting));
    }
    return settings;
  }

  private static Map<RelayOption, Setting> readFile(Setting config, Problems problems) {
    Map<RelayOption, Setting> settings = new EnumMap<>(RelayOption.class);
    try {
      Path path = Path.of(config.value());
      put(settings, PropertiesFile.read(path, problems), new Origin.ConfigFile(path));
    } catch (InvalidPathException _) {
      problems.add(config.place(), "is no file name");
    }
    return settings;
  }

  private static void put(
      Map<RelayOption, Setting> settings, Map<RelayOption, String> values, Origin origin) {
    values.forEach(
        (option, value) -> settings.put(option, new Setting(option, value.strip(), origin)));
  }
}
