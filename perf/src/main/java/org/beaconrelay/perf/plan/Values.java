package org.beaconrelay.perf.plan;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ParseResult;

/// The values of options, understood; what is wrong with them is collected.
record Values(ParseResult arguments, List<String> problems) {
  private static final Pattern SIZE = Pattern.compile("([1-9]\\d{0,6})(MiB|GiB)");
  private static final double MOST = 1e9;

  /// Reads a value.
  interface Parser {
    /// @throws IllegalArgumentException if it cannot; the message says what to write
    double parse(String text);
  }

  double required(PlanOptions option, Parser parser) {
    if (!arguments.hasMatchedOption(option.flag())) {
      problems.add(
          "%s is not given: write 0 where there is to be none of it".formatted(option.flag()));
      return 0;
    }
    return optional(option, "", parser);
  }

  double optional(PlanOptions option, String fallback, Parser parser) {
    String text = arguments.matchedOptionValue(option.flag(), fallback);
    try {
      return parser.parse(text);
    } catch (IllegalArgumentException e) {
      problems.add("%s \"%s\": %s".formatted(option.flag(), text, e.getMessage()));
      return 0;
    }
  }

  OptionalInt intIfAny(PlanOptions option, Parser parser) {
    return arguments.hasMatchedOption(option.flag())
        ? OptionalInt.of((int) optional(option, "", parser))
        : OptionalInt.empty();
  }

  OptionalLong longIfAny(PlanOptions option, Parser parser) {
    return arguments.hasMatchedOption(option.flag())
        ? OptionalLong.of((long) optional(option, "", parser))
        : OptionalLong.empty();
  }

  // ---- parsers

  static double whole(String text) {
    return between(text, 0, (long) MOST);
  }

  static double between(String text, long least, long most) {
    if (text.matches("\\d{1,18}")) {
      long value = Long.parseLong(text);
      if (value >= least && value <= most) {
        return value;
      }
    }
    throw new IllegalArgumentException("write a whole number from %d to %d".formatted(least, most));
  }

  static double rate(String text) {
    if (text.matches("\\d{1,10}(\\.\\d{1,9})?")) {
      double value = Double.parseDouble(text);
      if (value <= MOST) {
        return value;
      }
    }
    throw new IllegalArgumentException("write a number, such as 0, 500 or 2.5");
  }

  static double onOff(String text) {
    return switch (text) {
      case "on" -> 1;
      case "off" -> 0;
      default -> throw new IllegalArgumentException("write on or off");
    };
  }

  static double size(String text) {
    Matcher matcher = SIZE.matcher(text);
    if (matcher.matches()) {
      long number = Long.parseLong(matcher.group(1));
      return number << (matcher.group(2).equals("GiB") ? 30 : 20);
    }
    throw new IllegalArgumentException("write a size, such as 512MiB or 8GiB");
  }
}
