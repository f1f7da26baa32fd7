package org.beaconrelay.app.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PseudonymsTest {
  private static final byte[] THING = "192.0.2.77".getBytes(US_ASCII);

  private final ManualClock clock = new ManualClock("2026-11-26T00:00:00Z");
  private final Pseudonyms pseudonyms = new Pseudonyms(clock);

  @Test
  void keepsANameForADay() {
    String name = pseudonyms.of(THING);
    clock.set("2026-11-26T23:59:59.999Z");
    pseudonyms.turn();
    assertThat(pseudonyms.of(THING)).isEqualTo(name);
  }

  @Test
  void hasAnotherNameOnAnotherDay() {
    Set<String> names = new HashSet<>();
    for (String day : new String[] {"2026-11-26", "2026-11-27", "2026-11-28", "2026-11-26"}) {
      clock.set(day + "T12:00:00Z");
      names.add(pseudonyms.of(THING));
    }
    assertThat(names).as("a day that comes again has a key of its own too").hasSize(4);
  }

  @Test
  void forgetsTheKeyThoughNobodyAsks() {
    String name = pseudonyms.of(THING);
    clock.set("2026-11-27T00:00:00Z");
    pseudonyms.turn();
    clock.set("2026-11-26T23:59:59Z");
    assertThat(pseudonyms.of(THING)).isNotEqualTo(name);
  }

  @Test
  void hasAKeyOfItsOwn() {
    assertThat(new Pseudonyms(clock).of(THING)).isNotEqualTo(pseudonyms.of(THING));
  }

  @Test
  void tellsThingsApart() {
    Set<String> names = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      names.add(pseudonyms.of(Integer.toString(i).getBytes(US_ASCII)));
    }
    assertThat(names).hasSize(10_000).allMatch(name -> name.matches("[0-9a-f]{16}"));
  }
}
