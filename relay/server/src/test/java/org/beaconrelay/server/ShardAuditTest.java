package org.beaconrelay.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.ShardAudit.Books;
import org.beaconrelay.server.rendezvous.Liveness;
import org.beaconrelay.server.rendezvous.Rendezvous;
import org.beaconrelay.server.rendezvous.WaitingLink;
import org.beaconrelay.testing.InfoHashes;
import org.junit.jupiter.api.Test;

/// What the audit of a shard says where books do not agree: here there is not one link. Where they
/// do, each integration test sees to it.
final class ShardAuditTest {
  private static final Books NOTHING = new Books(0, 0, 0, 0, 0);

  private final Rendezvous rendezvous = new Rendezvous(1);

  private Census take(ShardStatus held, Books books) {
    return ShardAudit.take(null, rendezvous, held, books);
  }

  private Census take(Books books) {
    return take(ShardStatus.NOTHING, books);
  }

  @Test
  void isContentWithNothing() {
    assertThat(take(NOTHING).faults()).isEmpty();
    assertThat(take(new Books(0, 3, 0, 70, 70)).faults()).isEmpty();
  }

  @Test
  void findsALinkThatIsCountedAndNotThere() {
    assertThat(take(new Books(1, 0, 0, 0, 0)).faults())
        .containsExactly("open links: 0 found, 1 counted");
  }

  @Test
  void findsAPairThatIsCountedAndNotThere() {
    assertThat(take(new Books(0, 0, 1, 0, 0)).faults())
        .containsExactly("links of pairs: 0 found, 2 counted");
  }

  @Test
  void findsAPlaceThatNobodyHolds() {
    rendezvous.announce(new WaitingLink(Role.BRIDGE, InfoHashes.random(), 5, () -> Liveness.ALIVE));
    assertThat(take(NOTHING).faults()).containsExactly("waiting links: 0 found, 1 counted");
  }

  @Test
  void findsAPipeThatNobodyUses() {
    assertThat(take(new ShardStatus(0, 1, 1, 4096), NOTHING).faults())
        .containsExactly("leased pipes: 0 found, 1 counted");
  }

  @Test
  void findsBytesThatNobodyGot() {
    assertThat(take(new Books(0, 0, 0, 6, 7)).faults())
        .containsExactly("delivered bytes: 6 found, 7 counted");
  }

  @Test
  void addsUp() {
    Census sum = take(new Books(1, 2, 0, 0, 0)).plus(take(new Books(0, -2, 0, 1, 0)));
    assertThat(sum.onTheWay()).isZero();
    assertThat(sum.faults()).hasSize(2);
  }
}
