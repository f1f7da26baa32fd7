package org.beaconrelay.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.beaconrelay.protocol.Role;
import org.junit.jupiter.api.Test;

final class AuditTest {
  private static final long PAIR_ID = 0xabcL;

  private static Account account(Ending ending, Tally bridge, Tally broker) {
    return new Account(PAIR_ID, ending, bridge, broker);
  }

  private static LoggedLink bridge(long bytesFrom, long bytesTo, String reason) {
    return new LoggedLink(PAIR_ID, Role.BRIDGE, bytesFrom, bytesTo, reason);
  }

  private static LoggedLink broker(long bytesFrom, long bytesTo, String reason) {
    return new LoggedLink(PAIR_ID, Role.BROKER, bytesFrom, bytesTo, reason);
  }

  private static final Account IN_ORDER =
      account(Ending.BOTH_IN_ORDER, new Tally(70, 9, true), new Tally(9, 70, true));

  private static final Account RESET =
      account(Ending.RESET_BY_BROKER, new Tally(70, 5, false), new Tally(9, 60, false));

  @Test
  void findsNothingWhereAllIsRight() {
    assertThat(
            Audit.mismatches(
                IN_ORDER, List.of(broker(9, 70, "completed"), bridge(70, 9, "completed"))))
        .isEmpty();
  }

  @Test
  void findsAByteTooFewAndOneTooMany() {
    assertThat(
            Audit.mismatches(
                IN_ORDER, List.of(bridge(69, 10, "completed"), broker(10, 69, "completed"))))
        .containsExactly(
            "pair 0000000000000abc, both in order: to the broker: sent 70, bytes_from 69, bytes_to"
                + " 69, received 70",
            "pair 0000000000000abc, both in order: to the bridge: sent 9, bytes_from 10, bytes_to"
                + " 10, received 9");
  }

  @Test
  void findsBytesThatDidNotArriveThoughAllCameToItsEnd() {
    assertThat(
            Audit.mismatches(
                account(Ending.ANSWERED_IN_ORDER, new Tally(70, 9, true), new Tally(9, 69, true)),
                List.of(bridge(70, 9, "completed"), broker(9, 70, "completed"))))
        .hasSize(1);
  }

  @Test
  void findsThatTheTwoRecordsDiffer() {
    assertThat(
            Audit.mismatches(
                RESET, List.of(bridge(65, 7, "counterpart_lost"), broker(7, 66, "reset"))))
        .hasSize(1);
  }

  @Test
  void allowsForWhatAResetLoses() {
    assertThat(
            Audit.mismatches(
                RESET, List.of(bridge(60, 9, "counterpart_lost"), broker(9, 60, "reset"))))
        .isEmpty();
    assertThat(
            Audit.mismatches(
                RESET, List.of(bridge(70, 5, "counterpart_lost"), broker(5, 70, "reset"))))
        .isEmpty();
  }

  @Test
  void findsMoreThanWasSentAndLessThanWasReceived() {
    assertThat(
            Audit.mismatches(
                RESET, List.of(bridge(71, 4, "counterpart_lost"), broker(4, 71, "reset"))))
        .hasSize(2);
  }

  @Test
  void findsAResetThatArrivesAsAnEnd() {
    assertThat(
            Audit.mismatches(
                account(Ending.RESET_BY_BROKER, new Tally(70, 9, true), new Tally(9, 60, false)),
                List.of(bridge(70, 9, "counterpart_lost"), broker(9, 70, "reset"))))
        .containsExactly(
            "pair 0000000000000abc, reset by broker: the bridge saw the end of a stream that was"
                + " reset");
  }

  /// Its counterpart had ended its own stream before.
  @Test
  void allowsThatWhoResetsHasSeenAnEnd() {
    assertThat(
            Audit.mismatches(
                account(Ending.RESET_BY_BROKER, new Tally(70, 9, false), new Tally(9, 70, true)),
                List.of(bridge(70, 9, "counterpart_lost"), broker(9, 70, "reset"))))
        .isEmpty();
  }

  @Test
  void findsWhoIsSaidToHaveResetIt() {
    assertThat(
            Audit.mismatches(
                RESET, List.of(bridge(70, 9, "reset"), broker(9, 70, "counterpart_lost"))))
        .containsExactly(
            "pair 0000000000000abc, reset by broker: close_reason of the bridge reset, not"
                + " counterpart_lost",
            "pair 0000000000000abc, reset by broker: close_reason of the broker counterpart_lost,"
                + " not reset");
  }

  @Test
  void findsRecordsThatAreMissingOrTooMany() {
    LoggedLink bridge = bridge(70, 9, "completed");
    LoggedLink broker = broker(9, 70, "completed");
    assertThat(Audit.mismatches(IN_ORDER, List.of())).hasSize(1);
    assertThat(Audit.mismatches(IN_ORDER, List.of(bridge))).hasSize(1);
    assertThat(Audit.mismatches(IN_ORDER, List.of(bridge, broker, broker)))
        .containsExactly(
            "pair 0000000000000abc, both in order: 1 records of the bridge, 2 of the broker");
  }
}
