package org.beaconrelay.perf.load;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.beaconrelay.perf.RunFailedException;

/// Reads a [Scenario] from a properties file, and tells all that is wrong with it at once.
final class ScenarioFile {
  private ScenarioFile() {}

  /// @param changes values that hold instead of those in the file
  /// @throws RunFailedException if it cannot be read, or is wrong; the message says what to do
  static Scenario read(Path file, Map<String, String> changes) throws RunFailedException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw new RunFailedException("cannot read the scenario " + file, e);
    }
    properties.putAll(changes);
    ScenarioKeys keys = new ScenarioKeys(properties);
    int kind = keys.choice("load", LoadKind.ALL.stream().map(LoadKind::label).toList());
    if (keys.problems().isEmpty()) { // or who knows what the others are for
      Load load = LoadKind.ALL.get(kind).parser().apply(keys);
      keys.assume("tls", "off");
      boolean tls = keys.choice("tls", List.of("off", "on")) == 1;
      keys.refuseOthers();
      if (keys.problems().isEmpty()) {
        return new Scenario(keys.settings(), tls, load);
      }
    }
    throw new RunFailedException("%s:%n  %s".formatted(file, String.join("\n  ", keys.problems())));
  }
}
