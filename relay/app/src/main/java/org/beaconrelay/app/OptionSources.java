package org.beaconrelay.app;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/// Finds out which value an option was given: a flag beats the environment, which beats the file.
final class OptionSources {
  private OptionSources() {}

  /// Reads environment and file, and puts them behind the flags.
  ///
  /// @param flags values from the command line
  static Given resolve(
      OptionSet options,
      Map<Option, String> flags,
      Map<String, String> environment,
      Problems problems) {
    Map<Option, Setting> settings = new HashMap<>();
    put(settings, EnvironmentVariables.read(options, environment, problems), new Origin.Variable());
    put(settings, flags, new Origin.Flag());
    Setting config = settings.get(CommonOption.CONFIG);
    if (config != null && config.value().isEmpty()) {
      problems.add(config.place(), "is empty: name a file, or leave it out");
    } else if (config != null) {
      readFile(options, config, problems)
          .forEach((option, setting) -> settings.putIfAbsent(option, setting));
    }
    return new Given(settings, problems);
  }

  private static Map<Option, Setting> readFile(
      OptionSet options, Setting config, Problems problems) {
    Map<Option, Setting> settings = new HashMap<>();
    // In a relay's container the environment names the relay's file to the other commands, too.
    boolean shared = config.origin() instanceof Origin.Variable && !options.isOfAService();
    try {
      Path path = Path.of(config.value());
      put(
          settings,
          PropertiesFile.read(options, path, shared, problems),
          new Origin.ConfigFile(path));
    } catch (InvalidPathException _) {
      problems.add(config.place(), "is no file name");
    }
    return settings;
  }

  private static void put(
      Map<Option, Setting> settings, Map<Option, String> values, Origin origin) {
    values.forEach(
        (option, value) -> settings.put(option, new Setting(option, value.strip(), origin)));
  }
}
