package org.beaconrelay.app.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class DisclosurePageTest {
  private final AtomicInteger unwritten = new AtomicInteger();

  /// While it asks for links, some end.
  private final DisclosurePage page =
      new DisclosurePage(
          (atMost, consumer) -> unwritten.addAndGet(3), unwritten::get, Duration.ofMillis(1));

  @Test
  void tellsHowManyRecordsOfEndedLinksWait() throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Response response = page.answer()) {
      response.send(new Request(false, "/disclose", null, true), out);
    }
    assertThat(out.toString(US_ASCII)).endsWith("\",\"links\":[\n],\"unwritten_records\":3}\n");
  }

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
