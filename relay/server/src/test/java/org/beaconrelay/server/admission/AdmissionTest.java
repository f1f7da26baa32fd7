package org.beaconrelay.server.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.beaconrelay.testing.Seeded;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Seeded.class)
final class AdmissionTest {
  private static final int OFF = Integer.MAX_VALUE;
  private static final long SECOND_NS = 1_000_000_000L;
  private static final long ONE = 17;
  private static final long OTHER = 4711;

  private Admission admission = new Admission(OFF, OFF, OFF, OFF);
  private long nowNs = Long.MAX_VALUE - 3;

  private @Nullable Refusal enter(Stay stay, long source) {
    return admission.enter(stay, source, nowNs);
  }

  private Stay enters(long source) {
    Stay stay = new Stay();
    assertThat(enter(stay, source)).isNull();
    return stay;
  }

  private @Nullable Refusal refusal(long source) {
    Stay stay = new Stay();
    Refusal refusal = enter(stay, source);
    leave(stay);
    return refusal;
  }

  private void leave(Stay stay) {
    boolean _ = admission.leave(stay, nowNs);
  }

  @Test
  void letsPendingLinksOfASourceIn() {
    admission = new Admission(OFF, 2, OFF, OFF);
    Stay first = enters(ONE);
    Stay second = enters(ONE);
    assertThat(refusal(ONE)).isEqualTo(Refusal.MAX_PENDING_PER_ADDRESS);
    assertThat(refusal(OTHER)).isNull();

    admission.settle(first);
    Stay third = enters(ONE);
    assertThat(refusal(ONE)).isEqualTo(Refusal.MAX_PENDING_PER_ADDRESS);
    leave(second); // without having announced
    leave(first);
    enters(ONE);
    assertThat(refusal(ONE)).isEqualTo(Refusal.MAX_PENDING_PER_ADDRESS);
    assertThat(admission.pendingCount()).isEqualTo(2);
    leave(third);
    assertThat(refusal(ONE)).isNull();
  }

  @Test
  void letsPendingLinksOfAllSourcesIn() {
    admission = new Admission(2, OFF, OFF, OFF);
    Stay first = enters(ONE);
    enters(OTHER);
    assertThat(refusal(3)).isEqualTo(Refusal.MAX_PENDING);
    admission.settle(first);
    assertThat(refusal(3)).isNull();
  }

  @Test
  void letsLinksOfASourceIn() {
    admission = new Admission(OFF, OFF, 2, OFF);
    Stay first = enters(ONE);
    Stay second = enters(ONE);
    admission.settle(first);
    admission.settle(second);
    assertThat(refusal(ONE)).isEqualTo(Refusal.MAX_LINKS_PER_ADDRESS);
    assertThat(refusal(OTHER)).isNull();
    leave(second);
    assertThat(refusal(ONE)).isNull();
  }

  @Test
  void letsLinksOfASourceInAsFastAsTheyMayCome() {
    admission = new Admission(OFF, OFF, OFF, 10);
    for (int i = 0; i < 10; i++) {
      assertThat(refusal(ONE)).isNull(); // that they are gone again makes no difference
    }
    assertThat(refusal(ONE)).isEqualTo(Refusal.ANNOUNCE_RATE_PER_ADDRESS);
    assertThat(refusal(OTHER)).isNull();
    nowNs += SECOND_NS / 10;
    assertThat(refusal(ONE)).isNull();
    assertThat(refusal(ONE)).isEqualTo(Refusal.ANNOUNCE_RATE_PER_ADDRESS);
  }

  @Test
  void takesNoTokenFromWhoIsTurnedAway() {
    admission = new Admission(OFF, OFF, 1, 10);
    Stay only = enters(ONE);
    for (int i = 0; i < 100; i++) {
      assertThat(refusal(ONE)).isEqualTo(Refusal.MAX_LINKS_PER_ADDRESS);
    }
    leave(only);
    assertThat(refusal(ONE)).isNull();
  }

  @Test
  void tellsSomeOfASourceWhyTheyAreTurnedAway() {
    Stay told = new Stay();
    for (int i = 0; i < Admission.TELLINGS_PER_SECOND; i++) {
      assertThat(admission.enterToBeTold(told, ONE, nowNs)).isTrue();
      leave(told);
    }
    assertThat(admission.enterToBeTold(told, ONE, nowNs)).isFalse();
    assertThat(admission.enterToBeTold(told, OTHER, nowNs)).isTrue();
    leave(told);
    nowNs += SECOND_NS;
    assertThat(admission.enterToBeTold(told, ONE, nowNs)).isTrue();
    assertThat(admission.pendingCount()).isOne();
    leave(told);
    assertThat(admission.pendingCount()).isZero();
  }

  @Test
  void tellsNobodyWhereAsManyArePendingAsMay() {
    admission = new Admission(1, OFF, OFF, OFF);
    enters(ONE);
    assertThat(admission.enterToBeTold(new Stay(), OTHER, nowNs)).isFalse();
  }

  @Test
  void countsALinkOnceHoweverOftenItLeaves() {
    Stay stay = enters(ONE);
    enters(ONE);
    leave(stay);
    leave(stay);
    admission.settle(stay);
    assertThat(admission.pendingCount()).isOne();
    assertThat(admission.sourceCount()).isOne();
  }

  // ---- what is remembered

  @Test
  void remembersNothingOfASourceOnceItsLastLinkIsGone() {
    Stay first = enters(ONE);
    Stay second = enters(ONE);
    leave(first);
    assertThat(admission.sourceCount()).isOne();
    assertThat(admission.leave(second, nowNs)).isFalse();
    assertThat(admission.sourceCount()).isZero();
  }

  @Test
  void remembersHowFastASourceWasForASecondAtMost() {
    admission = new Admission(OFF, OFF, OFF, 10);
    for (int i = 0; i < 9; i++) {
      leave(enters(ONE));
    }
    assertThat(admission.leave(enters(ONE), nowNs)).isTrue();
    nowNs += SECOND_NS - 1;
    assertThat(admission.forget(nowNs)).isTrue();
    assertThat(admission.sourceCount()).isOne();
    nowNs++;
    assertThat(admission.forget(nowNs)).isFalse();
    assertThat(admission.sourceCount()).isZero();
  }

  @Test
  void forgetsNoSourceThatHasComeBack() {
    admission = new Admission(OFF, OFF, 1, 10);
    leave(enters(ONE));
    Stay again = enters(ONE);
    nowNs += SECOND_NS;
    assertThat(admission.forget(nowNs)).isFalse();
    assertThat(admission.sourceCount()).isOne();
    assertThat(refusal(ONE)).isEqualTo(Refusal.MAX_LINKS_PER_ADDRESS);
    leave(again);
  }

  @Test
  void keepsAFloodFromEverNewSourcesBounded() {
    admission = new Admission(OFF, OFF, OFF, 1); // each is remembered for a second
    for (long source = 0; source < 10L * Admission.MAX_IDLE_ACCOUNTS; source++) {
      leave(enters(source));
      assertThat(admission.sourceCount()).isLessThanOrEqualTo(Admission.MAX_IDLE_ACCOUNTS);
    }
    assertThat(refusal(10L * Admission.MAX_IDLE_ACCOUNTS - 1))
        .as("the latest of it")
        .isEqualTo(Refusal.ANNOUNCE_RATE_PER_ADDRESS);
  }

  /// As floods come: no clock has to tell it.
  @Test
  void forgetsAsFastAsItLearns() {
    admission = new Admission(OFF, OFF, OFF, 100);
    for (long source = 0; source < 100_000; source++) {
      nowNs += SECOND_NS / 100_000;
      leave(enters(source));
      assertThat(admission.sourceCount()).isLessThan(3_000); // a hundredth of a second of them
    }
  }

  // ---- against a model

  /// What a source has, counted by hand.
  private static final class Counted {
    int links;
    int pending;
  }

  @Test
  void countsAsAModelDoes(Random random) {
    for (int run = 0; run < 100; run++) {
      int maxPending = 1 + random.nextInt(20);
      int maxPendingPerSource = 1 + random.nextInt(10);
      int maxLinksPerSource = 1 + random.nextInt(10);
      admission = new Admission(maxPending, maxPendingPerSource, maxLinksPerSource, OFF);
      Map<Long, Counted> model = new HashMap<>();
      List<Open> open = new ArrayList<>();
      for (int step = 0; step < 1_000; step++) {
        nowNs += random.nextLong(SECOND_NS);
        if (open.isEmpty() || random.nextInt(3) == 0) {
          long source = random.nextInt(5);
          Counted counted = model.computeIfAbsent(source, _ -> new Counted());
          int pending = model.values().stream().mapToInt(each -> each.pending).sum();
          Stay stay = new Stay();
          Refusal refusal = enter(stay, source);
          if (pending >= maxPending) {
            assertThat(refusal).isEqualTo(Refusal.MAX_PENDING);
          } else if (counted.pending >= maxPendingPerSource) {
            assertThat(refusal).isEqualTo(Refusal.MAX_PENDING_PER_ADDRESS);
          } else if (counted.links >= maxLinksPerSource) {
            assertThat(refusal).isEqualTo(Refusal.MAX_LINKS_PER_ADDRESS);
          } else {
            assertThat(refusal).isNull();
            counted.links++;
            counted.pending++;
            open.add(new Open(stay, counted));
          }
        } else if (random.nextBoolean()) {
          open.get(random.nextInt(open.size())).settle(admission);
        } else {
          Open leaving = open.remove(random.nextInt(open.size()));
          leaving.settle(admission);
          leaving.counted.links--;
          leave(leaving.stay);
        }
        assertThat(admission.pendingCount())
            .isEqualTo(model.values().stream().mapToInt(each -> each.pending).sum());
        assertThat(admission.sourceCount())
            .isEqualTo((int) model.values().stream().filter(each -> each.links > 0).count());
      }
    }
  }

  private static final class Open {
    final Stay stay;
    final Counted counted;
    private boolean settled;

    Open(Stay stay, Counted counted) {
      this.stay = stay;
      this.counted = counted;
    }

    void settle(Admission admission) {
      if (!settled) {
        settled = true;
        counted.pending--;
        admission.settle(stay);
      }
    }
  }
}
