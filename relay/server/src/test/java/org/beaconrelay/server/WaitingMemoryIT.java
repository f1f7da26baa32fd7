package org.beaconrelay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.TestLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What heap a relay needs for a link that waits without outer TLS, in a JVM with the options that
/// a relay has.
@Timeout(180)
final class WaitingMemoryIT {
  private static final int WARM_UP_LINKS = 1_000;
  private static final int LINKS = 8_000;

  /// Of its objects, and of its places in tables, which grow by doubling.
  private static final int MAX_BYTES_A_LINK = 300;

  /// Of its account, and of that one's place in a table.
  private static final int MAX_BYTES_A_SOURCE = 60;

  @Test
  void needsLittleHeapForALinkThatWaits() throws Exception {
    assertThat(bytesALink(Source.ONE, 0)).isLessThanOrEqualTo(MAX_BYTES_A_LINK);
  }

  @Test
  void needsLittleHeapForALinkWithASourceOfItsOwn() throws Exception {
    assertThat(bytesALink(Source.EACH, 0))
        .isLessThanOrEqualTo(MAX_BYTES_A_LINK + MAX_BYTES_A_SOURCE);
  }

  /// A relay that kept so much more of each would be seen.
  @Test
  void seesWhatIsKept() throws Exception {
    int mostBytes = MAX_BYTES_A_LINK + MAX_BYTES_A_SOURCE;
    assertThat(bytesALink(Source.EACH, mostBytes)).isGreaterThan(mostBytes);
  }

  /// Whether each link has a source address of its own, or all have the same.
  private enum Source {
    ONE,
    EACH
  }

  /// @param keptBytes for each of the links, besides what the relay keeps
  private static long bytesALink(Source source, int keptBytes) throws Exception {
    List<TestLink> links = new ArrayList<>();
    try (MeasuredRelay relay = MeasuredRelay.start()) {
      try {
        await(relay, source, WARM_UP_LINKS, links); // what is needed once
        long beforeBytes = relay.usedHeapBytes(0);
        await(relay, source, LINKS, links);
        return (relay.usedHeapBytes(LINKS * keptBytes) - beforeBytes) / LINKS;
      } finally {
        for (TestLink link : links) {
          link.close();
        }
      }
    }
  }

  private static void await(MeasuredRelay relay, Source source, int count, List<TestLink> links)
      throws Exception {
    for (int i = 0; i < count; i++) {
      TestLink link =
          switch (source) {
            case ONE -> TestLink.connectFrom(relay.address().getAddress(), relay.address());
            case EACH -> TestLink.connect(relay.address());
          };
      links.add(link);
      link.send(Announce.of(Role.BRIDGE, InfoHashes.random()).toBytes());
      link.awaitWaiting();
    }
  }
}
