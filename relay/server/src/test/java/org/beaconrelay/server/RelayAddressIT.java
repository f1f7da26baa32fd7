package org.beaconrelay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicBoolean;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.testing.TestLink;
import org.junit.jupiter.api.Test;

/// Asking a relay where it listens, from any thread, while links come.
final class RelayAddressIT {
  private static final int LINKS = 2_000;

  @Test
  void tellsItsAddressWhileLinksCome() throws Exception {
    try (TestRelay relay = TestRelay.start()) {
      InetSocketAddress address = relay.address();
      AtomicBoolean done = new AtomicBoolean();
      FutureTask<Long> asker =
          new FutureTask<>(
              () -> {
                long otherAnswers = 0;
                while (!done.get()) {
                  otherAnswers += relay.address().equals(address) ? 0 : 1;
                }
                return otherAnswers;
              });
      Thread.ofPlatform().start(asker);
      try {
        for (int i = 0; i < LINKS; i++) {
          try (TestLink link = relay.waiting(Role.BRIDGE)) {
            link.halfClose();
          }
        }
      } finally {
        done.set(true);
      }
      assertThat(asker.get()).as("other answers").isZero();
      relay.awaitNoLinks();
      assertThat(relay.relay().count(Counter.LINKS_OPENED)).isEqualTo(LINKS);
    }
  }
}
