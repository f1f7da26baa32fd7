package org.beaconrelay.perf.load;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.beaconrelay.protocol.Role;

/// Holds what the relay says of a pair against what its ends have counted.
///
/// A relay counts what its kernel took for the receiver. Where both streams came to their ends that
/// is what was sent and what was received; where a link was reset, some of it may have been lost
/// behind the relay, and some of what was sent before it.
final class Audit {
  private final Account account;
  private final List<String> mismatches = new ArrayList<>();

  private Audit(Account account) {
    this.account = account;
  }

  /// @param links what the relay says of it
  /// @return what is wrong; empty if nothing is
  static List<String> mismatches(Account account, List<LoggedLink> links) {
    Audit audit = new Audit(account);
    List<LoggedLink> bridges = links.stream().filter(link -> link.role() == Role.BRIDGE).toList();
    List<LoggedLink> brokers = links.stream().filter(link -> link.role() == Role.BROKER).toList();
    if (bridges.size() == 1 && brokers.size() == 1) {
      audit.compare(bridges.getFirst(), brokers.getFirst());
    } else {
      audit.add(
          "%d records of the bridge, %d of the broker".formatted(bridges.size(), brokers.size()));
    }
    return List.copyOf(audit.mismatches);
  }

  private void compare(LoggedLink bridge, LoggedLink broker) {
    compareBytes("to the broker", account.bridge(), account.broker(), bridge, broker);
    compareBytes("to the bridge", account.broker(), account.bridge(), broker, bridge);
    compareEnd("broker", account.broker(), Ending.RESET_BY_BRIDGE);
    compareEnd("bridge", account.bridge(), Ending.RESET_BY_BROKER);
    compareReason(bridge, Ending.RESET_BY_BRIDGE);
    compareReason(broker, Ending.RESET_BY_BROKER);
  }

  /// Who takes a stream that was reset for one that came to its end is mistaken about its bytes.
  private void compareEnd(String receiver, Tally tally, Ending reset) {
    if (account.ending() == reset && tally.sawEnd()) {
      add("the %s saw the end of a stream that was reset".formatted(receiver));
    }
  }

  private void compareBytes(
      String direction, Tally sender, Tally receiver, LoggedLink source, LoggedLink sink) {
    long sent = sender.sentBytes();
    long received = receiver.receivedBytes();
    long recorded = source.bytesFrom();
    boolean right =
        account.ending().isReset()
            ? received <= recorded && recorded <= sent
            : received == recorded && recorded == sent;
    if (!right || recorded != sink.bytesTo()) {
      add(
          "%s: sent %d, bytes_from %d, bytes_to %d, received %d"
              .formatted(direction, sent, recorded, sink.bytesTo(), received));
    }
  }

  private void compareReason(LoggedLink link, Ending resetByIt) {
    String expected =
        account.ending() == resetByIt
            ? "reset"
            : account.ending().isReset() ? "counterpart_lost" : "completed";
    if (!link.closeReason().equals(expected)) {
      String role = link.role().name().toLowerCase(Locale.ROOT);
      add("close_reason of the %s %s, not %s".formatted(role, link.closeReason(), expected));
    }
  }

  private void add(String mismatch) {
    mismatches.add(
        "pair %016x, %s: %s".formatted(account.pairId(), account.ending().label(), mismatch));
  }
}
