package org.beaconrelay.perf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final long SECOND_NS = 1_000_000_000;
  private static final long GIB = 1L << 30;
  private static final RunFacts FACTS = new RunFacts(Map.of("kernel", "a \"kernel\""));

  @Test
  void comparesRoundByRound() {
    List<Sample> samples =
        List.of(
            bulk(Contender.BEACON, 1, SECOND_NS / 10),
            bulk(Contender.HAPROXY, 1, SECOND_NS / 5),
            bulk(Contender.BEACON, 2, SECOND_NS),
            bulk(Contender.HAPROXY, 2, SECOND_NS));

    assertThat(report(samples, true).toText())
        .contains(
            "| bulk16   | s/GiB | 0.550 (0.100-1.000) | 0.600 (0.200-1.000) | 0.75 (0.50-1.00) "
                + "| GiB/s      | 2.00 (2.00-2.00) | 2.00 (2.00-2.00) |")
        .doesNotContain("INCOMPLETE", "note:");
  }

  @Test
  void marksARunThatEndedEarly() {
    Report report = report(List.of(bulk(Contender.BEACON, 1, SECOND_NS)), false);

    assertThat(report.toText())
        .startsWith("INCOMPLETE")
        .contains("| 1.000 (1.000-1.000) | -       | -  ");
    assertThat(JsonReport.of(report)).contains("\"complete\":false");
  }

  @Test
  void notesCompanyOnTheCoreOfTheRelay() {
    CpuUse disturbed = new CpuUse(SECOND_NS, SECOND_NS / 10, 2);
    Sample sample = new Sample(Scenario.BULK_16, Contender.HAPROXY, 1, disturbed, SECOND_NS, GIB);

    assertThat(report(List.of(sample), true).toText())
        .contains("note: bulk16, haproxy: waited for its core up to 10 % of the time")
        .contains("note: bulk16, haproxy: 2 threads ended while measured");
  }

  @Test
  void countsMessagesInMicroseconds() {
    CpuUse cpu = new CpuUse(SECOND_NS / 2, 0, 0);
    Sample sample =
        new Sample(Scenario.PING_PONG_64, Contender.BEACON, 1, cpu, 2 * SECOND_NS, 100_000);

    assertThat(sample.cost()).isEqualTo(5);
    assertThat(sample.throughput()).isEqualTo(50_000);
  }

  @Test
  void quotesTextInJson() {
    assertThat(JsonReport.of(report(List.of(), true))).contains("\"kernel\":\"a \\\"kernel\\\"\"");
  }

  private static Report report(List<Sample> samples, boolean complete) {
    return new Report(FACTS, List.of(Scenario.BULK_16), samples, complete);
  }

  private static Sample bulk(Contender contender, int round, long runNs) {
    CpuUse cpu = new CpuUse(runNs, 0, 0);
    return new Sample(Scenario.BULK_16, contender, round, cpu, SECOND_NS / 2, GIB);
  }
}
