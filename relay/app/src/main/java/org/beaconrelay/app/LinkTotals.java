package org.beaconrelay.app;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.beaconrelay.app.log.LoggedLink;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.CloseReason;

/// Records of links, added up by the day on which they ended (UTC).
final class LinkTotals {
  private final LocalDate from;
  private final LocalDate to;
  private final NavigableMap<LocalDate, Day> days = new TreeMap<>();
  private final Map<CloseReason, Long> reasons = new EnumMap<>(CloseReason.class);
  private long otherDays;
  private long foreignLines;

  /// @param from first day that counts
  /// @param to last day that counts
  LinkTotals(LocalDate from, LocalDate to) {
    this.from = from;
    this.to = to;
    from.datesUntil(to.plusDays(1)).forEach(day -> days.put(day, new Day()));
  }

  /// What ended on one day. A pair has two records, its bridge's and its broker's, which say the
  /// same; where some are missing, the side of which there is more counts.
  static final class Day {
    private long links;
    private final Side bridges = new Side();
    private final Side brokers = new Side();

    long links() {
      return links;
    }

    /// At least so many pairs.
    long pairs() {
      return Math.max(bridges.paired, brokers.paired);
    }

    long neverPaired() {
      return links - bridges.paired - brokers.paired;
    }

    /// Records of paired links whose counterpart's is not there, at least.
    long halves() {
      return Math.abs(bridges.paired - brokers.paired);
    }

    long bytesToBrokers() {
      return Math.max(bridges.bytesFrom, brokers.bytesTo);
    }

    long bytesToBridges() {
      return Math.max(bridges.bytesTo, brokers.bytesFrom);
    }

    private void add(LoggedLink link) {
      links++;
      if (link.paired()) {
        (link.role() == Role.BRIDGE ? bridges : brokers).add(link);
      }
    }
  }

  private static final class Side {
    private long paired;
    private long bytesFrom;
    private long bytesTo;

    private void add(LoggedLink link) {
      paired++;
      bytesFrom = plus(bytesFrom, link.bytesFrom());
      bytesTo = plus(bytesTo, link.bytesTo());
    }
  }

  /// What is no real figure any more stays at the largest there is, rather than become negative.
  static long plus(long a, long b) {
    return a > Long.MAX_VALUE - b ? Long.MAX_VALUE : a + b;
  }

  void add(LoggedLink link) {
    Day day = days.get(link.closed().atOffset(ZoneOffset.UTC).toLocalDate());
    if (day == null) {
      otherDays++;
      return;
    }
    day.add(link);
    reasons.merge(link.reason(), 1L, Long::sum);
  }

  void addForeignLines(long count) {
    foreignLines += count;
  }

  LocalDate from() {
    return from;
  }

  LocalDate to() {
    return to;
  }

  /// Every day from the first to the last.
  NavigableMap<LocalDate, Day> days() {
    return days;
  }

  /// Links that ended for a reason, for those that occurred.
  Map<CloseReason, Long> reasons() {
    return reasons;
  }

  /// Records of links that ended on other days.
  long otherDays() {
    return otherDays;
  }

  /// Lines that are no records.
  long foreignLines() {
    return foreignLines;
  }
}
