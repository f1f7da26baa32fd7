package org.beaconrelay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
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
  private static final int NOISE_BYTES = 32 << 10;
  private static final int MAX_BYTES_A_LINK = 16 << 10;
  private static final MemoryMXBean MEMORY = ManagementFactory.getMemoryMXBean();

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
        long beforeBytes = usedBytes();
        await(relay, LINKS, exact, tunnel, links);
        long bytesALink = (usedBytes() - beforeBytes) / LINKS;
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

  /// What is left when collecting finds nothing more.
  private static long usedBytes() {
    long usedBytes = Long.MAX_VALUE;
    long leftBytes = collect();
    while (leftBytes < usedBytes - NOISE_BYTES) {
      usedBytes = leftBytes;
      leftBytes = collect();
    }
    return leftBytes;
  }

  private static long collect() {
    System.gc();
    return MEMORY.getHeapMemoryUsage().getUsed();
  }
}
