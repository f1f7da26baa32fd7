package org.beaconrelay.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.beaconrelay.perf.CpuUse;
import org.junit.jupiter.api.Test;

class ReportTest {
  private static final long SECOND_NS = 1_000_000_000;
  private static final long GIB = 1L << 30;
  private static final long MIB = 1 << 20;
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
            """
            | bulk16   | CPU        | below 1   | -             | 0.75 (0.50-1.00) |
            | bulk16   | throughput | above 1   | -             | 1.00 (1.00-1.00) |
            """)
        .contains(
            """
            | bulk16   | CPU        | s/GiB | -      | 0.550 (0.100-1.000) | 0.600 (0.200-1.000) |
            | bulk16   | throughput | GiB/s | -      | 2.00 (2.00-2.00)    | 2.00 (2.00-2.00)    |
            | bulk16   | memory     | MiB   | -      | 7 (7-7)             | 7 (7-7)             |
            """)
        .doesNotContain("INCOMPLETE", "note: bulk16");
  }

  @Test
  void takesTheDirectRoundTripOfTheSameRoundAway() {
    List<Sample> samples =
        List.of(
            pingPong(Contender.DIRECT, 1, 10_000),
            pingPong(Contender.BEACON, 1, 40_000),
            pingPong(Contender.HAPROXY, 1, 30_000),
            pingPong(Contender.DIRECT, 2, 20_000),
            pingPong(Contender.BEACON, 2, 40_000),
            pingPong(Contender.HAPROXY, 2, 20_000));
    Report report = report(Scenario.PING_PONG_1, samples, true);

    assertThat(report.toText())
        .contains("| pingpong1 | p50 added | below 1   | -             | 1.50 (1.50-1.50) |\n")
        .contains(
            """
            | pingpong1 | p50       | us         | 15.0 (10.0-20.0) | 40.0 (40.0-40.0)    | 25.0 (20.0-30.0) |
            | pingpong1 | p50 added | us         | -                | 25.0 (20.0-30.0)    | 10.0 (0.0-20.0)  |
            """)
        .contains(
            "note: pingpong1, haproxy: p50 added is not above 0 on both sides in 1 rounds, which"
                + " have no ratio");
  }

  @Test
  void marksARunThatEndedEarly() {
    Report report = report(List.of(bulk(Contender.BEACON, 1, SECOND_NS)), false);

    assertThat(report.toText()).startsWith("INCOMPLETE").contains("| 1.000 (1.000-1.000) | -  ");
    assertThat(JsonReport.of(report)).contains("\"complete\":false");
  }

  @Test
  void notesCompanyOnTheCoreOfTheRelay() {
    CpuUse disturbed = new CpuUse(SECOND_NS, SECOND_NS / 10, 2);
    Sample sample = bulk(Contender.HAPROXY, 1, disturbed);

    assertThat(report(List.of(sample), true).toText())
        .contains("note: bulk16, haproxy: waited for its core up to 10 % of the time")
        .contains("note: bulk16, haproxy: 2 threads ended while measured");
  }

  @Test
  void notesThatPairsWereNotOpenedInTime() {
    int inTime = ChurnLoad.PAIRS_PER_SECOND;
    assertThat(report(Scenario.CHURN, List.of(churn(inTime)), true).toText())
        .contains("| churn    | CPU    | us/pair | ")
        .doesNotContain("note: churn");
    assertThat(report(Scenario.CHURN, List.of(churn(inTime / 2)), true).toText())
        .contains("note: churn, beacon: %d pairs a second, not".formatted(inTime / 2));
  }

  @Test
  void saysWhatCannotBeComparedWithoutWhom() {
    Report report =
        new Report(
            FACTS, List.of(Contender.HAPROXY), List.of(Scenario.PING_PONG_1), List.of(), true);

    assertThat(report.toText())
        .doesNotContain("divided")
        .contains("note: what is added is not known without the contender direct")
        .contains("note: nothing is compared without the contender beacon");
  }

  @Test
  void countsMessagesInMicroseconds() {
    assertThat(Amount.MESSAGES.cpu(SECOND_NS / 2, 100_000)).isEqualTo(5);
    assertThat(Amount.MESSAGES.throughput(100_000, 2 * SECOND_NS)).isEqualTo(50_000);
  }

  @Test
  void writesFiguresRatiosAndSamplesAsJson() {
    List<Sample> samples =
        List.of(
            bulk(Contender.BEACON, 1, SECOND_NS / 10), bulk(Contender.HAPROXY, 1, SECOND_NS / 5));

    assertThat(JsonReport.of(report(samples, true)).replaceAll("\\s", ""))
        .contains("\"kernel\":\"a\\\"kernel\\\"\"")
        .contains("\"cpu\":{\"unit\":\"s/GiB\",\"values\":{\"beacon\":{\"median\":0.1,")
        .contains("\"ratios_beacon_to\":{\"haproxy\":{\"median\":0.5,\"min\":0.5,\"max\":0.5}}")
        .contains("\"relay_run_ns\":200000000,")
        .contains("\"relay_resident_bytes\":7340032");
  }

  private static Report report(List<Sample> samples, boolean complete) {
    return report(Scenario.BULK_16, samples, complete);
  }

  private static Report report(Scenario scenario, List<Sample> samples, boolean complete) {
    List<Contender> contenders = List.of(Contender.DIRECT, Contender.BEACON, Contender.HAPROXY);
    return new Report(FACTS, contenders, List.of(scenario), samples, complete);
  }

  private static Sample bulk(Contender contender, int round, long runNs) {
    return bulk(contender, round, new CpuUse(runNs, 0, 0));
  }

  private static Sample bulk(Contender contender, int round, CpuUse cpu) {
    Optional<RelayUse> use = Optional.of(new RelayUse(cpu, 7 * MIB));
    long elapsedNs = cpu.longestWaitNs() > 0 ? SECOND_NS : SECOND_NS / 2;
    return new Sample(Scenario.BULK_16, contender, round, use, elapsedNs, GIB, Optional.empty());
  }

  private static Sample pingPong(Contender contender, int round, long p50Ns) {
    Optional<RelayUse> use =
        contender == Contender.DIRECT
            ? Optional.empty()
            : Optional.of(new RelayUse(new CpuUse(SECOND_NS / 1000, 0, 0), MIB));
    Optional<RoundTrips> times = Optional.of(new RoundTrips(1, p50Ns, 3 * p50Ns, 9 * p50Ns));
    return new Sample(Scenario.PING_PONG_1, contender, round, use, SECOND_NS, 1000, times);
  }

  private static Sample churn(int pairs) {
    Optional<RelayUse> use = Optional.of(new RelayUse(new CpuUse(SECOND_NS, 0, 0), MIB));
    return new Sample(Scenario.CHURN, Contender.BEACON, 1, use, SECOND_NS, pairs, Optional.empty());
  }
}
