package org.beaconrelay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
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

  /// Of its objects, of its places in tables, which grow by doubling, and of its source's account:
  /// here each link has a source of its own.
  private static final int MAX_BYTES_A_LINK =
      switch (new TestSettings().transport) {
        case EPOLL -> 380;
        case IO_URING -> 440;
      };

  @Test
  void needsLittleHeapForALinkThatWaits() throws Exception {
    assertThat(bytesALink(0)).isLessThanOrEqualTo(MAX_BYTES_A_LINK);
  }

  /// A relay that kept so much more of each would be seen.
  @Test
  void seesWhatIsKept() throws Exception {
    assertThat(bytesALink(MAX_BYTES_A_LINK)).isGreaterThan(MAX_BYTES_A_LINK);
  }

  /// @param keptBytes for each of the links, besides what the relay keeps
  private static long bytesALink(int keptBytes) throws Exception {
    List<TestLink> links = new ArrayList<>();
    try (MeasuredRelay relay = MeasuredRelay.start()) {
      try {
        await(relay, WARM_UP_LINKS, links); // what is needed once
        long beforeBytes = relay.usedHeapBytes(0);
        await(relay, LINKS, links);
        return (relay.usedHeapBytes(LINKS * keptBytes) - beforeBytes) / LINKS;
      } finally {
        for (TestLink link : links) {
          link.close();
        }
      }
    }
  }

  private static void await(MeasuredRelay relay, int count, List<TestLink> links) throws Exception {
    for (int i = 0; i < count; i++) {
      TestLink link = TestLink.announce(relay.address(), Role.BRIDGE, InfoHashes.random());
      links.add(link);
      link.awaitWaiting();
    }
  }
}
