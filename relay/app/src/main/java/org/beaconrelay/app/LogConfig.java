package org.beaconrelay.app;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.beaconrelay.app.log.Destination;
import org.beaconrelay.app.log.LogSettings;
import org.beaconrelay.app.log.Privacy;
import org.beaconrelay.app.log.Retention;

/// Understands the options about the connection log.
final class LogConfig {
  private static final Map<String, Privacy> PRIVACIES =
      Arrays.stream(Privacy.values())
          .collect(Collectors.toMap(Privacy::label, Function.identity()));

  private LogConfig() {}

  /// Understands all of them.
  ///
  /// @param warnings gets what the operator should know
  /// @return what was asked for; anything if there are problems
  static LogSettings parse(Given given, List<String> warnings) {
    LogSettings settings =
        new LogSettings(
            given.value(LogOption.CONNECTION_LOG, LogDestinations::parse, new Destination.Off()),
            given.oneOf(LogOption.LOG_ADDRESS, PRIVACIES, Privacy.FULL),
            given.oneOf(LogOption.LOG_HASH, PRIVACIES, Privacy.FULL),
            retention(given, LogOption.RETENTION));
    warnOfMeaningless(given, settings.destination(), warnings);
    return settings;
  }

  static Retention retention(Given given, Option option) {
    return given.value(
        option,
        text -> {
          Duration atMost = Durations.parseOrOff(text);
          if (!atMost.isZero() && atMost.compareTo(Retention.SHORTEST) < 0) {
            throw new BadValueException(
                "too short: at least " + Durations.format(Retention.SHORTEST));
          }
          return new Retention(atMost);
        },
        Retention.DEFAULT);
  }

  private static void warnOfMeaningless(
      Given given, Destination destination, List<String> warnings) {
    switch (destination) {
      case Destination.Off() ->
          Stream.of(LogOption.LOG_ADDRESS, LogOption.LOG_HASH, LogOption.RETENTION)
              .filter(given::has)
              .filter(_ -> !given.has(LogOption.CONNECTION_LOG))
              .forEach(
                  option ->
                      warnings.add(
                          "%s has no meaning without --connection-log: nothing is logged"
                              .formatted(option.key())));
      case Destination.StandardOutput(), Destination.Stream(_) -> {
        if (given.has(LogOption.RETENTION)) {
          warnings.add(
              "retention has no meaning with connection-log %s: how long its lines are kept is up"
                      .formatted(LogDestinations.label(destination))
                  + " to whoever reads them");
        }
      }
      case Destination.Files(_) -> {}
    }
  }

  /// The value of an option as it is in effect.
  static String value(LogSettings settings, LogOption option) {
    return switch (option) {
      case CONNECTION_LOG -> LogDestinations.label(settings.destination());
      case LOG_ADDRESS -> settings.address().label();
      case LOG_HASH -> settings.hash().label();
      case RETENTION -> Durations.format(settings.retention().atMost());
    };
  }
}
