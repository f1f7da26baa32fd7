package org.beaconrelay.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Whatever state links are in: a relay that has nothing to do does nothing.
@Timeout(value = 3, unit = TimeUnit.MINUTES)
final class IdleCpuIT {
  private static final int PAIRS = 500;
  private static final int OF_EACH_KIND = 20;

  @TempDir private Path folder;

  @Test
  void restsWithPairsInEveryState() throws Exception {
    List<AutoCloseable> open = new ArrayList<>();
    try (RelayJar relay = RelayJar.ready(folder, "--handshake-timeout", "2m")) {
      try {
        for (int i = 0; i < PAIRS; i++) {
          TestPair pair = TestPair.open(relay.address());
          open.add(pair);
          pair.exchange();
        }
        for (int i = 0; i < OF_EACH_KIND; i++) {
          open.add(halfClosed(relay));
          open.add(stalled(relay));
          open.add(stalledHalfClosed(relay));
          open.add(behindAnUrgentByte(relay));
          open.add(waitingWithEarlyData(relay));
          open.add(announcing(relay));
          resetWhilePaired(relay);
          refused(relay);
        }
        IdleCpu.assertRests(relay.figures());
      } finally {
        for (AutoCloseable each : open) {
          each.close();
        }
      }
      IdleCpu.assertRests(relay.figures());
    }
  }

  private static TestPair halfClosed(RelayJar relay) throws IOException {
    TestPair pair = TestPair.open(relay.address());
    pair.bridge().halfClose();
    assertThat(pair.broker().isAtEnd()).isTrue();
    return pair;
  }

  /// Nobody reads, and all buffers are full.
  private static TestPair stalled(RelayJar relay) throws Exception {
    TestPair pair = TestPair.open(relay.address());
    fill(pair.bridge());
    fill(pair.broker());
    return pair;
  }

  private static TestPair stalledHalfClosed(RelayJar relay) throws Exception {
    TestPair pair = TestPair.open(relay.address());
    fill(pair.bridge());
    pair.bridge().halfClose();
    return pair;
  }

  private static void fill(TestLink link) throws Exception {
    ByteBuffer zeros = ByteBuffer.allocate(65_536);
    link.channel().configureBlocking(false);
    int refusals = 0;
    while (refusals < 10) {
      if (link.channel().write(zeros.clear()) == 0) {
        refusals++;
        TimeUnit.MILLISECONDS.sleep(1);
      }
    }
    link.channel().configureBlocking(true);
  }

  private static TestPair behindAnUrgentByte(RelayJar relay) throws IOException {
    TestPair pair = TestPair.open(relay.address());
    pair.bridge().send("before".getBytes(US_ASCII));
    pair.bridge().channel().socket().sendUrgentData('!');
    pair.bridge().send("behind".getBytes(US_ASCII));
    assertThat(pair.broker().receive(6)).isEqualTo("before".getBytes(US_ASCII));
    return pair;
  }

  private static TestLink waitingWithEarlyData(RelayJar relay) throws Exception {
    TestLink link = TestLink.announce(relay.address(), Role.BRIDGE, InfoHashes.random());
    link.awaitWaiting();
    fill(link);
    return link;
  }

  private static TestLink announcing(RelayJar relay) throws IOException {
    TestLink link = TestLink.connect(relay.address());
    link.send("BCN".getBytes(US_ASCII));
    return link;
  }

  private static void resetWhilePaired(RelayJar relay) throws IOException {
    try (TestPair pair = TestPair.open(relay.address())) {
      pair.exchange();
      pair.broker().reset();
      assertThat(pair.bridge().isReset()).isTrue();
    }
  }

  private static void refused(RelayJar relay) throws IOException {
    try (TestLink link = TestLink.connect(relay.address())) {
      link.send("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
      link.awaitRejected();
    }
  }
}
