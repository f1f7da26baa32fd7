package org.beaconrelay.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.beaconrelay.app.log.LogStock;
import org.beaconrelay.app.log.Retention;
import org.jspecify.annotations.Nullable;

/// The configuration of `beacon retention`.
///
/// @param file of the log
record RetentionConfig(
    Path file, Retention retention, Map<Option, Setting> given, boolean checkOnly)
    implements Config {
  /// Understands all that was given.
  ///
  /// @return null if there are problems, be they old ones
  static @Nullable RetentionConfig parse(Given given) {
    Path file = given.required(RetentionOption.CONNECTION_LOG, RetentionConfig::file);
    Retention retention = LogConfig.retention(given, RetentionOption.RETENTION);
    boolean checkOnly = given.checkOnly();
    return file == null || !given.problems().isEmpty()
        ? null
        : new RetentionConfig(file, retention, given.settings(), checkOnly);
  }

  /// It need not be writable for whoever asks.
  private static Path file(String text) throws BadValueException {
    if (text.equals(LogDestinations.OFF) || text.equals(LogDestinations.STANDARD_OUTPUT)) {
      throw new BadValueException("keeps nothing: name the file of a log");
    }
    Path path = LogDestinations.resolve(text);
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new BadValueException("is no file, and keeps nothing: name the file of a log");
    }
    return path;
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  @Override
  public String describe() {
    return new ConfigLine(given).add(RetentionOption.values(), Set.of(), this::value).end();
  }

  private String value(RetentionOption option) {
    return switch (option) {
      case CONNECTION_LOG -> file.toString();
      case RETENTION -> Durations.format(retention.atMost());
    };
  }

  @Override
  public int start(Terminal terminal) {
    try {
      if (Files.exists(file)) {
        LogStock.requireLog(file);
      }
      RetentionReport report =
          new RetentionReport(LogStock.read(file), retention, InstantSource.system().instant());
      report.lines().forEach(terminal.out()::println);
      return ExitCode.OK;
    } catch (NoSuchFileException _) {
      terminal.complain(
          "%s: no connection log there, nor a file that it became; name the file that the relay's"
                  .formatted(file)
              + " --connection-log names");
    } catch (IOException e) {
      terminal.complain("%s: %s".formatted(file, IoProblems.text(e)));
    }
    return ExitCode.FAILURE;
  }
}
