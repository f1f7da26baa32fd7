package org.beaconrelay.app.admin;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DisclosurePageTest {
  private final DisclosurePage page =
      new DisclosurePage((atMost, consumer) -> {}, Duration.ofMillis(1));

  @Test
  void tellsWhoComesInACrowdToAskAgain() throws Exception {
    List<Response> beingTold = new ArrayList<>();
    for (int i = 0; i < DisclosurePage.MAX_AT_A_TIME; i++) {
      beingTold.add(page.answer());
    }
    assertThat(beingTold).extracting(Response::status).containsOnly(200);
    try (Response more = page.answer()) {
      assertThat(more.status()).isEqualTo(503);
      assertThat(more.fields()).containsEntry("Retry-After", "5");
    }
    beingTold.getFirst().close();
    try (Response next = page.answer()) {
      assertThat(next.status()).isEqualTo(200);
    }
  }
}
