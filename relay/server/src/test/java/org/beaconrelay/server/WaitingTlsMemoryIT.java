package org.beaconrelay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestTlsLink;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What heap a relay needs for a link that waits inside outer TLS.
@Timeout(180)
final class WaitingTlsMemoryIT {
  private static final int WARM_UP_LINKS = 200;
  private static final int LINKS = 1_000;
  private static final int MAX_BYTES_A_LINK = 16 << 10;

  @ParameterizedTest(name = "exact = {0}, tunnel = {1}")
  @CsvSource({"false,false", "true,false", "false,true"})
  void needsLittleHeapForALinkThatWaits(boolean exact, boolean tunnel) throws Exception {
    SSLContext identity = TestIdentity.make("relay");
    List<TestLink> links = new ArrayList<>();
    try (TestRelay relay =
        TestRelay.start(
            settings -> {
              settings.outerTls = () -> identity;
              settings.tunnel = true;
            })) {
      try {
        await(relay, WARM_UP_LINKS, exact, tunnel, links); // what is needed once
        long beforeBytes = UsedHeap.bytes();
        await(relay, LINKS, exact, tunnel, links);
        long bytesALink = (UsedHeap.bytes() - beforeBytes) / LINKS;
        assertThat(bytesALink).isLessThanOrEqualTo(MAX_BYTES_A_LINK);
        assertThat(relay.relay().status().waitingLinks()).isEqualTo(links.size());
      } finally {
        for (TestLink link : links) {
          link.close();
        }
      }
    }
  }

  /// Of an endpoint nothing is kept but its socket, which counts as well.
  private static void await(
      TestRelay relay, int count, boolean exact, boolean tunnel, List<TestLink> links)
      throws Exception {
    for (int i = 0; i < count; i++) {
      TestTlsLink link =
          TestTlsLink.announce(
              relay.address(),
              new Announce(Role.BRIDGE, exact, tunnel, false, InfoHashes.random(), 0));
      links.add(link.raw());
      assertThat(link.receiveFrame()).isEqualTo(new Frame.Waiting());
    }
  }
}
