package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.ProcessFigures;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// As many pairs as the usual limit of a host allows, and then some more links.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class ManyPairsIT {
  private static final int DESCRIPTOR_LIMIT = 20_000;
  private static final int PAIRS = 9_000;
  private static final int MAX_LINKS =
      18_366 - 6 * Runtime.getRuntime().availableProcessors(); // as many event loops
  private static final int LINKS_TOO_MANY = 1_000;

  @TempDir private Path folder;

  @Test
  void servesNineThousandPairsUnderTheUsualLimit() throws Exception {
    assumeThat(ProcessFigures.ofThis().maxDescriptors())
        .as("descriptors that this test may have itself")
        .isGreaterThanOrEqualTo(DESCRIPTOR_LIMIT);
    List<String> limited =
        List.of("prlimit", "--nofile=" + DESCRIPTOR_LIMIT + ":" + DESCRIPTOR_LIMIT);
    List<AutoCloseable> open = new ArrayList<>();
    try (RelayJar relay = RelayJar.readyBy(limited, folder)) {
      int before = relay.figures().openKernelObjects();
      List<TestPair> pairs = new ArrayList<>();
      try {
        for (int i = 0; i < PAIRS; i++) {
          TestPair pair = TestPair.open(relay.address());
          pairs.add(pair);
          open.add(pair);
        }
        for (TestPair pair : pairs) {
          pair.exchange();
        }
        assertThat(relay.figures().openKernelObjects()).isGreaterThanOrEqualTo(before + 2 * PAIRS);
        relay.awaitDescriptors(before + 2 * PAIRS); // pipes are kept for some seconds
        IdleCpu.assertRests(relay.figures());

        while (open.size() < MAX_LINKS - PAIRS) {
          TestLink waiting = TestLink.announce(relay.address(), Role.BRIDGE, InfoHashes.random());
          open.add(waiting);
          waiting.awaitWaiting();
        }
        refusesMoreLinks(relay);
        for (TestPair pair : pairs) {
          pair.exchange();
        }
      } finally {
        for (AutoCloseable each : open) {
          each.close();
        }
      }
      relay.awaitDescriptors(before);
      TestPair.open(relay.address()).close();
    }
  }

  private static void refusesMoreLinks(RelayJar relay) throws Exception {
    List<TestLink> links = new ArrayList<>();
    try {
      for (int i = 0; i < LINKS_TOO_MANY; i++) {
        links.add(TestLink.connect(relay.address()));
      }
      for (TestLink link : links) { // none of them ends by itself
        assertThat(link.awaitRejected()).isEqualTo(RejectReason.RELAY_FULL);
      }
      IdleCpu.assertRests(relay.figures());
    } finally {
      for (TestLink link : links) {
        link.close();
      }
    }
  }
}
