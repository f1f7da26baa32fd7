package org.beaconrelay.app;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.beaconrelay.app.log.LogReader;
import org.jspecify.annotations.Nullable;

/// The configuration of `beacon report transparency`.
///
/// @param from first day, UTC
/// @param to last day
/// @param files names, `-` for standard input
record ReportConfig(
    LocalDate from,
    LocalDate to,
    boolean json,
    List<String> files,
    Map<Option, Setting> given,
    boolean checkOnly)
    implements Config {
  private static final String STANDARD_INPUT = "-";

  /// A report has a line a day.
  private static final long MAX_DAYS = 3660;

  /// Understands all that was given.
  ///
  /// @return null if there are problems, be they old ones
  static @Nullable ReportConfig parse(Given given, List<String> files) {
    LocalDate from = given.required(ReportOption.FROM, ReportConfig::date);
    LocalDate to = given.required(ReportOption.TO, ReportConfig::date);
    boolean json = given.oneOf(ReportOption.JSON, Map.of("true", true, "false", false), false);
    boolean checkOnly = given.checkOnly();
    if (from != null && to != null) {
      long days = ChronoUnit.DAYS.between(from, to) + 1;
      if (days < 1) {
        given.refuse(ReportOption.TO, "is before --from %s: exchange them".formatted(from));
      } else if (days > MAX_DAYS) {
        given.refuse(
            ReportOption.TO, "is too far from --from: %d days at most".formatted(MAX_DAYS));
      }
    }
    return from == null || to == null || !given.problems().isEmpty()
        ? null
        : new ReportConfig(from, to, json, files, given.settings(), checkOnly);
  }

  private static LocalDate date(String text) throws BadValueException {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException _) {
      throw new BadValueException("is no day: write it as 2026-11-30");
    }
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  @Override
  public String describe() {
    return new ConfigLine(given).add(ReportOption.values(), Set.of(), this::value).end();
  }

  private String value(ReportOption option) {
    return switch (option) {
      case FROM -> from.toString();
      case TO -> to.toString();
      case JSON -> String.valueOf(json);
    };
  }

  @Override
  public int start(Terminal terminal) {
    LinkTotals totals = new LinkTotals(from, to);
    LogReader reader = new LogReader(totals::add);
    for (String file : files) {
      try {
        read(reader, file, totals, terminal);
      } catch (NoSuchFileException _) {
        terminal.complain(
            "%s: no connection log there, nor a file that it became; name the file that the relay's"
                    .formatted(file)
                + " --connection-log names");
        return ExitCode.FAILURE;
      } catch (NotALogException _) {
        terminal.complain("%s: is no connection log: there is no record in it".formatted(file));
        return ExitCode.FAILURE;
      } catch (IOException e) {
        terminal.complain("%s: %s".formatted(file, IoProblems.text(e)));
        return ExitCode.FAILURE;
      } catch (InvalidPathException _) {
        terminal.complain("%s: is no file name".formatted(Quoted.of(file)));
        return ExitCode.FAILURE;
      }
    }
    terminal
        .out()
        .println(json ? TransparencyReport.json(totals) : TransparencyReport.text(totals));
    return ExitCode.OK;
  }

  private void read(LogReader reader, String file, LinkTotals totals, Terminal terminal)
      throws IOException, NotALogException {
    long[] lines = new long[2]; // records, others
    LogReader.FileListener listener =
        (path, read) -> {
          lines[0] += read.records();
          lines[1] += read.foreignLines();
          if (read.foreignLines() > 0) {
            terminal.warn(
                "%s: %d of %d lines are no records, the first is line %d: not counted"
                    .formatted(
                        path,
                        read.foreignLines(),
                        read.records() + read.foreignLines(),
                        read.firstForeign()));
          }
        };
    if (file.equals(STANDARD_INPUT)) {
      listener.onRead(Path.of("standard input"), reader.read(terminal.in()));
    } else {
      reader.read(Path.of(file).toAbsolutePath().normalize(), listener);
    }
    totals.addForeignLines(lines[1]);
    if (lines[0] == 0 && lines[1] > 0) {
      throw new NotALogException();
    }
  }

  /// What was named has lines, and none of them is a record.
  private static final class NotALogException extends Exception {
    private static final long serialVersionUID = 1L;
  }
}
