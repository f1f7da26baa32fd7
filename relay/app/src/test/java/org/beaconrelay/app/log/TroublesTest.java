package org.beaconrelay.app.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class TroublesTest {
  private final IOException full = new IOException("full");
  private final IOException denied = new IOException("denied");

  private final List<String> said = new ArrayList<>();
  private long nowNs = -5;

  private final Troubles troubles = new Troubles(new Listener(), () -> nowNs);

  private final class Listener implements LogListener {
    @Override
    public void onDropped(long records, @Nullable IOException why) {
      said.add(records + " " + (why == null ? "too fast" : why.getMessage()));
    }

    @Override
    public void onTrouble(String what, IOException why) {
      said.add(what + " " + why.getMessage());
    }
  }

  private List<String> tellAfter(Duration time) {
    nowNs += time.toNanos();
    troubles.tell();
    List<String> news = List.copyOf(said);
    said.clear();
    return news;
  }

  @Test
  void saysNothingWhereAllIsWell() {
    assertThat(tellAfter(Duration.ofHours(1))).isEmpty();
  }

  @Test
  void tellsOfTheFirstLossAtOnceAndOfOthersOnceAMinute() {
    troubles.addDropped(3, full);
    assertThat(tellAfter(Duration.ZERO)).containsExactly("3 full");
    troubles.addDropped(1, full);
    troubles.addDropped(1, null);
    assertThat(tellAfter(Duration.ofSeconds(59))).isEmpty();
    assertThat(tellAfter(Duration.ofSeconds(1))).containsExactly("2 too fast");
    assertThat(tellAfter(Duration.ofHours(1))).isEmpty();
    assertThat(troubles.dropped()).isEqualTo(5);
  }

  @Test
  void tellsOneLineAMinuteWhateverThereIs() {
    troubles.add("cannot remove", denied);
    troubles.addDropped(2, full);
    assertThat(tellAfter(Duration.ZERO)).containsExactly("2 full");
    assertThat(tellAfter(Duration.ofMinutes(1))).containsExactly("cannot remove denied");
    assertThat(tellAfter(Duration.ofMinutes(1))).isEmpty();
  }

  @Test
  void tellsTheRestAtTheEnd() {
    troubles.addDropped(2, full);
    assertThat(tellAfter(Duration.ZERO)).hasSize(1);
    troubles.addDropped(7, full);
    troubles.tellNow();
    troubles.tellNow();
    assertThat(said).containsExactly("7 full");
  }
}
