package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.Patience;
import org.beaconrelay.testing.SourceAddresses;
import org.beaconrelay.testing.TestLink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Limits and lists of a relay as it is shipped.
@Timeout(120)
final class LimitsIT {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void sumsUpWhomItHasTurnedAwayWithoutSayingWhoItWas() throws Exception {
    InetAddress crowded = SourceAddresses.next().getAddress();
    try (RelayJar relay = RelayJar.ready(folder, "--max-links-per-address", "1");
        TestLink first = TestLink.connectFrom(crowded, relay.address())) {
      first.send(Announce.of(Role.BRIDGE, InfoHashes.random()).toBytes());
      first.awaitWaiting();
      for (int i = 0; i < 50; i++) {
        try (TestLink next = TestLink.connectFrom(crowded, relay.address())) {
          assertThat(next.awaitRejected()).isEqualTo(RejectReason.ADDRESS_LIMIT);
        }
      }
      relay.awaitErr(" by max-links-per-address");
      relay.terminate();
      Outcome outcome = relay.awaitEnd();
      assertThat(outcome.exitCode()).isZero();
      // What is left when it ends is told then.
      assertThat(
              outcome
                  .err()
                  .lines()
                  .filter(line -> line.contains("turned away within"))
                  .mapToInt(line -> Integer.parseInt(line.replaceAll(".*: (\\d+) by .*", "$1")))
                  .sum())
          .isEqualTo(50);
      assertThat(outcome.err()).doesNotContain(crowded.getHostAddress());
      assertThat(outcome.out()).doesNotContain(crowded.getHostAddress());
    }
  }

  @Test
  void takesUpAnotherListOfInfoHashes() throws Exception {
    InfoHash listed = InfoHashes.random();
    InfoHash unlisted = InfoHashes.random();
    Path list = Files.writeString(folder.resolve("hashes"), listed.toHex() + "\n");
    try (RelayJar relay = RelayJar.ready(folder, "--allow-hash-file", list.toString())) {
      try (TestLink bridge = TestLink.announce(relay.address(), Role.BRIDGE, listed);
          TestLink other = TestLink.announce(relay.address(), Role.BRIDGE, unlisted)) {
        bridge.awaitWaiting();
        assertThat(other.awaitRejected()).isEqualTo(RejectReason.NOT_ALLOWED);
      }
      Files.writeString(list, listed.toHex() + "\n" + unlisted.toHex() + "\n");
      Patience.until(PATIENCE, "the new list is taken up", () -> mayAnnounce(relay, unlisted));
      relay.awaitErr("allow-hash-file: the list has changed: info_hashes=2");
      Files.writeString(list, unlisted.toHex() + "\nno info_hash\n");
      relay.awaitErr("the old list stays in use: " + list + " line 2 is no info_hash");
      assertThat(mayAnnounce(relay, listed)).isTrue();
      relay.terminate();
      assertThat(relay.awaitEnd().err())
          .doesNotContain(listed.toHex())
          .doesNotContain(unlisted.toHex())
          .doesNotContain("no info_hash\n");
    }
  }

  private static boolean mayAnnounce(RelayJar relay, InfoHash infoHash) {
    try (TestLink link = TestLink.announce(relay.address(), Role.BRIDGE, infoHash)) {
      return link.receiveFrame() instanceof Frame.Waiting;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void turnsNetworksAway() throws Exception {
    InetAddress denied = SourceAddresses.next().getAddress();
    try (RelayJar relay =
        RelayJar.ready(
            folder,
            "--allow-from",
            "127.0.0.0/8,2001:db8::/32",
            "--deny-from",
            denied.getHostAddress() + "/32")) {
      try (TestLink link = TestLink.connectFrom(denied, relay.address())) {
        assertThat(link.awaitRejected()).isEqualTo(RejectReason.NOT_ALLOWED);
      }
      assertThat(mayAnnounce(relay, InfoHashes.random())).isTrue();
    }
  }
}
