package org.beaconrelay.app;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was given for the options of a command, to be understood one by one. A bad value is told
/// and replaced by its default, so that the rest can be looked at too.
///
/// @param settings what was given; an option that is not there has its default
/// @param problems gets what is wrong
record Given(Map<Option, Setting> settings, Problems problems) {
  /// Understands a value.
  interface Parser<T> {
    T parse(String text) throws BadValueException;
  }

  @Nullable Setting setting(Option option) {
    return settings.get(option);
  }

  boolean has(Option option) {
    return settings.containsKey(option);
  }

  <T> T value(Option option, Parser<T> parser, T fallback) {
    T value = value(option, parser);
    return value == null ? fallback : value;
  }

  /// A value that has no default.
  ///
  /// @return null if it was not given, or was bad
  <T> @Nullable T value(Option option, Parser<T> parser) {
    Setting setting = settings.get(option);
    if (setting == null) {
      return null;
    }
    try {
      if (setting.value().isEmpty()) {
        throw new BadValueException("is empty: give it a value, or leave it out");
      }
      return parser.parse(setting.value());
    } catch (BadValueException e) {
      problems.add(setting.place(), e.advice());
      return null;
    }
  }

  /// A value that has no default and must be given.
  ///
  /// @return null if there is a problem
  <T> @Nullable T required(Option option, Parser<T> parser) {
    require(option);
    return value(option, parser);
  }

  /// Tells if an option is not given that must be.
  void require(Option option) {
    if (!has(option)) {
      problems.add(option.flag() + " is not given", "write " + option.usage());
    }
  }

  /// Tells of an option that must not be given here, if it is.
  void refuse(Option option, String advice) {
    Setting setting = settings.get(option);
    if (setting != null) {
      problems.add(setting.place(), advice);
    }
  }

  <T> T oneOf(Option option, Map<String, T> values, T fallback) {
    return value(
        option,
        text -> {
          T value = values.get(text);
          if (value == null) {
            throw new BadValueException(
                "write " + String.join(" or ", values.keySet().stream().sorted().toList()));
          }
          return value;
        },
        fallback);
  }

  boolean onOff(Option option, boolean fallback) {
    return oneOf(option, Map.of("on", true, "off", false), fallback);
  }

  /// A switch, which is given or not.
  boolean isOn(Option option) {
    return oneOf(option, Map.of("true", true, "false", false), false);
  }

  /// Tells if only one of two options is given that have no meaning without each other.
  void requireTogether(Option one, Option other) {
    requireWith(one, other);
    requireWith(other, one);
  }

  private void requireWith(Option option, Option needed) {
    Setting setting = settings.get(option);
    if (setting != null && !has(needed)) {
      problems.add(setting.place(), "goes with %s: give that too".formatted(needed.usage()));
    }
  }

  /// Whether nothing shall be started.
  boolean checkOnly() {
    return isOn(CommonOption.CHECK_CONFIG);
  }
}
