package org.beaconrelay.app;

import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/// The line that says every value in effect, each with where it is from unless it is a fixed
/// default.
final class ConfigLine {
  private final Map<Option, Setting> given;
  private final KeyValueLine line = new KeyValueLine("config");

  /// @param given what was given; the rest are defaults
  ConfigLine(Map<Option, Setting> given) {
    this.given = given;
  }

  /// Adds options.
  ///
  /// @param derived those whose default depends on the host
  <O extends Option> ConfigLine add(O[] options, Set<O> derived, Function<O, String> value) {
    for (O option : options) {
      line.add(option.key(), value.apply(option), origin(option, derived.contains(option)));
    }
    return this;
  }

  private String origin(Option option, boolean derived) {
    Setting setting = given.get(option);
    if (setting != null) {
      return "(" + setting.origin().label() + ")";
    }
    return derived ? "(derived)" : "";
  }

  /// The line, with the file at its end if there is one.
  String end() {
    Setting file = given.get(CommonOption.CONFIG);
    if (file != null) {
      line.add(CommonOption.CONFIG.key(), file.value(), origin(CommonOption.CONFIG, false));
    }
    return line.toString();
  }
}
