package org.beaconrelay.app.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeoutException;
import org.beaconrelay.server.Census;
import org.beaconrelay.server.ShardStatus;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a relay makes of its own audits.
final class SelfAuditTest {
  private @Nullable List<String> faults = List.of();
  private long nowNs;

  private final SelfAudit audit =
      new SelfAudit(
          _ -> {
            if (faults == null) {
              throw new TimeoutException("stuck");
            }
            return new Census(0, 0, 0, 0, 0, new ShardStatus(0, 0, 0, 0), faults);
          },
          () -> nowNs);
  private final Probes probes = new Probes(audit);

  private void ask(@Nullable List<String> found) throws InterruptedException {
    faults = found;
    nowNs += SelfAudit.FRESH.toNanos();
    audit.ask();
  }

  private void assertLiveAndReady(int live, int ready) {
    assertThat(probes.live().status()).isEqualTo(live);
    assertThat(probes.ready().status()).isEqualTo(ready);
  }

  @Test
  void isReadyWhileItsBooksAgree() throws Exception {
    assertLiveAndReady(200, 200);
    ask(List.of());
    assertLiveAndReady(200, 200);
    assertThat(audit.audits()).isEqualTo(1);
    assertThat(audit.failures()).isZero();
  }

  @Test
  void isNotReadyWhileTheyDoNotAgreeTwiceInARow() throws Exception {
    ask(List.of("pipes"));
    assertLiveAndReady(200, 200);
    ask(List.of("pipes"));
    assertLiveAndReady(200, 503);
    assertThat(probes.reasonsAgainst()).containsExactly("self-audit failed, a defect: pipes");
    ask(List.of());
    assertLiveAndReady(200, 200);
    assertThat(audit.audits()).isEqualTo(3);
    assertThat(audit.failures()).isEqualTo(2);
  }

  @Test
  void staysReadyWhereTheyAgreeInBetween() throws Exception {
    ask(List.of("links"));
    ask(List.of());
    ask(List.of("links"));
    assertLiveAndReady(200, 200);
  }

  @Test
  void doesNotLiveWhileAnEventLoopDoesNotAnswer() throws Exception {
    ask(null);
    assertLiveAndReady(200, 200);
    ask(null);
    assertLiveAndReady(503, 503);
    ask(List.of());
    assertLiveAndReady(200, 200);
  }

  /// However often it is asked for figures.
  @Test
  void looksNoMoreOftenThanItHasTo() throws Exception {
    ask(List.of("links"));
    for (int i = 0; i < 100; i++) {
      nowNs += 1;
      assertThat(audit.ask()).isNotNull();
    }
    assertThat(audit.audits()).isEqualTo(1);
    assertLiveAndReady(200, 200);
  }

  @Test
  void isNotReadyWhileItDrains() {
    probes.drain();
    assertLiveAndReady(200, 503);
    assertThat(probes.reasonsAgainst()).singleElement().asString().startsWith("draining: ");
  }
}
