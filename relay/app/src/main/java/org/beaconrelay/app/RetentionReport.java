package org.beaconrelay.app;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.beaconrelay.app.log.LogStock;
import org.beaconrelay.app.log.LogStock.Part;
import org.beaconrelay.app.log.Retention;

/// What `beacon retention` says: what there is of a log, how old it is, and what is due.
final class RetentionReport {
  private final LogStock stock;
  private final Retention retention;
  private final Instant now;

  RetentionReport(LogStock stock, Retention retention, Instant now) {
    this.stock = stock;
    this.retention = retention;
    this.now = now;
  }

  /// A name and a value each.
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(line("retention", retention.isForEver() ? "off" : age(retention.atMost())));
    lines.add(line("kept", amount(stock.parts())));
    lines.add(line("oldest", oldest()));
    lines.add(line("due", due()));
    lines.add(line("next", next()));
    for (Part part : stock.parts()) {
      if (part.foreignLines() > 0) {
        String where = count(part.foreignLines(), "line") + " in " + part.path();
        lines.add(line("foreign", where + ": no record"));
      }
    }
    return lines;
  }

  private static String line(String name, String value) {
    return "%-9s %s".formatted(name, value);
  }

  private String oldest() {
    Part part = stock.oldest();
    if (part == null || part.oldest() == null) {
      return "none";
    }
    Duration old = Duration.between(part.oldest(), now);
    // If a clock was ahead when it was written, nobody knows how old it is.
    String text =
        old.isNegative() ? age(old.negated()) + " ahead of this clock" : age(old) + " old";
    return "%s: closed %s, in %s".formatted(text, part.oldest(), part.path());
  }

  private String due() {
    List<Part> due = stock.parts().stream().filter(this::isDue).toList();
    return due.isEmpty()
        ? "nothing"
        : amount(due) + ", which a relay with this retention removes once it runs";
  }

  private boolean isDue(Part part) {
    Instant due = part.due(retention);
    return due != null && !due.isAfter(now);
  }

  private String next() {
    for (Part part : stock.parts()) {
      Instant due = part.due(retention);
      if (due != null && due.isAfter(now)) {
        Duration left = Duration.between(now, due);
        // What is ahead of the clock counts as of now, once a relay runs.
        Duration most = left.compareTo(retention.atMost()) > 0 ? retention.atMost() : left;
        return "%s, within %s: in %s".formatted(amount(List.of(part)), age(most), part.path());
      }
    }
    return "nothing";
  }

  private static String amount(List<Part> parts) {
    long records = parts.stream().mapToLong(Part::records).sum();
    return count(records, "record") + " in " + count(parts.size(), "file");
  }

  private static String count(long count, String thing) {
    return count + " " + thing + (count == 1 ? "" : "s");
  }

  /// In the two largest units that there are of it: `6d 23h`.
  private static String age(Duration age) {
    String text =
        Stream.of(
                unit(age.toDays(), "d"),
                unit(age.toHoursPart(), "h"),
                unit(age.toMinutesPart(), "m"),
                unit(age.toSecondsPart(), "s"))
            .filter(part -> !part.isEmpty())
            .limit(2)
            .collect(Collectors.joining(" "));
    return text.isEmpty() ? "0s" : text;
  }

  private static String unit(long count, String unit) {
    return count <= 0 ? "" : count + unit;
  }
}
