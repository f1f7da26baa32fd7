package org.beaconrelay.app.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.Addresses;
import org.beaconrelay.server.LinkObserver;
import org.beaconrelay.server.LinkRecord;

/// Writes down all that a relay knew of its paired links, and tells it as the four rows of
/// TRUST-MODEL.md.
///
/// **Thread:** any.
final class Sightings implements LinkObserver {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final List<LinkRecord> paired = new ArrayList<>();

  @Override
  public synchronized void onClosed(LinkRecord link) {
    if (link.pairId() != 0) {
      paired.add(link);
      notifyAll();
    }
  }

  /// Waits until that many links of pairs have ended, or it is too late.
  synchronized void await(int links) throws InterruptedException {
    long dueNs = System.nanoTime() + PATIENCE.toNanos();
    long leftNs = PATIENCE.toNanos();
    while (paired.size() < links && leftNs > 0) {
      wait(leftNs / 1_000_000 + 1);
      leftNs = dueNs - System.nanoTime();
    }
  }

  /// `name: what`, a line each.
  synchronized List<String> rows() {
    List<String> rows = new ArrayList<>();
    for (LinkRecord link : paired) {
      rows.add(
          "addresses: %s at %s dialled %s"
              .formatted(
                  nameOf(link),
                  Addresses.format(link.source()),
                  Addresses.format(link.destination())));
    }
    for (LinkRecord link : paired) {
      rows.add(
          "times: %s opened %s, paired %s, closed %s"
              .formatted(
                  nameOf(link),
                  TIME.format(Instant.ofEpochMilli(link.openedMs())),
                  TIME.format(Instant.ofEpochMilli(link.pairedMs())),
                  TIME.format(Instant.ofEpochMilli(link.closedMs()))));
    }
    for (LinkRecord link : paired) {
      rows.add(
          String.format(
              Locale.ROOT,
              "bytes: %s sent %,d, got %,d",
              nameOf(link),
              link.bytesFrom(),
              link.bytesTo()));
    }
    paired.stream()
        .map(LinkRecord::infoHash)
        .filter(InfoHash.class::isInstance)
        .map(InfoHash::toHex)
        .distinct()
        .forEach(hash -> rows.add("info_hash: " + hash));
    return rows;
  }

  private static String nameOf(LinkRecord link) {
    return link.role() == Role.BRIDGE ? "bridge" : "broker";
  }
}
