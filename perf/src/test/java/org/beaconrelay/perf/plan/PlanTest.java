package org.beaconrelay.perf.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.beaconrelay.perf.plan.Limit.Kind;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All numbers here are reckoned by hand.
final class PlanTest {
  private static final Wanted WANTED = new Wanted(10_000, 20_000, 1_000, 20, 50_000, 64);
  private static final Node NODE = node(2, 8L << 30, false);

  @TempDir private Path folder;
  private TestResults results;

  @BeforeEach
  void createResults() {
    results = new TestResults(folder);
  }

  private static Node node(int cores, long memoryBytes, boolean openFilesFixed) {
    Node.Origins origins = new Node.Origins("a test", "a test", "a test");
    return new Node(cores, memoryBytes, 20_000, openFilesFixed, 16_384, origins);
  }

  private Plan plan(Wanted wanted, Node node) {
    return new Plan(wanted, true, 0.3, OptionalInt.empty(), node, results.evidence());
  }

  private static Limit limit(Share share, Kind kind) {
    return share.limits().stream().filter(limit -> limit.kind() == kind).findFirst().orElseThrow();
  }

  private static Estimate estimate(Share share, Quantity quantity) {
    return Objects.requireNonNull(share.estimates().get(quantity));
  }

  // ---- replicas

  @Test
  void addsUpWhatEachQuantityTakesOfTheCores() {
    results.all();
    Share all = plan(WANTED, NODE).share(1);
    assertThat(all.cores(Quantity.PAIRINGS)).isEqualTo(0.4, within(1e-9));
    assertThat(all.cores(Quantity.MESSAGES)).isEqualTo(0.5, within(1e-9));
    assertThat(all.cores(Quantity.GBITS)).isEqualTo(1.0, within(1e-9));
    assertThat(all.cores()).isEqualTo(1.9, within(1e-9));
  }

  @Test
  void takesTheFewestReplicasThatKeepTheHeadroom() {
    results.all();
    Plan plan = plan(WANTED, NODE);
    assertThat(plan.missing()).isEmpty();
    assertThat(plan.share(1).fits()).isFalse(); // 1.9 cores, and 1.4 may be busy
    assertThat(plan.needed()).hasValue(2);
    assertThat(plan.deployed()).isEqualTo(3);
    assertThat(plan.bearing()).isEqualTo(2);
    assertThat(plan.isEnough()).isTrue();
  }

  @Test
  void doesNotPlanALoopThatIsSaturated() {
    results.all();
    // 26 Gbit/s take 1.3 cores. Of 2 pairs both may be with one of 2 loops, which has but one.
    Wanted few = new Wanted(2, 0, 0, 26, 0, 64);
    assertThat(plan(few, NODE).share(1).cores()).isEqualTo(1.3, within(1e-9));
    assertThat(plan(few, NODE).share(1).busiestLoop()).isGreaterThan(1);
    assertThat(plan(few, NODE).share(1).fits()).isFalse();
    Wanted many = new Wanted(2_000, 0, 0, 26, 0, 64);
    assertThat(plan(many, NODE).share(1).fits()).isTrue();
  }

  @Test
  void reckonsWithTheBusiestLoop() {
    results.all();
    // 2,500 pairs a loop: 0.475 * (1 + sqrt(2 * ln 2 * 0.5 / 2500))
    assertThat(plan(WANTED, NODE).share(2).busiestLoop()).isEqualTo(0.48291, within(1e-5));
  }

  @Test
  void saysWhetherTheGivenOnesAreEnough() {
    results.all();
    Evidence evidence = results.evidence();
    assertThat(new Plan(WANTED, true, 0.3, OptionalInt.of(1), NODE, evidence).isEnough()).isFalse();
    Plan two = new Plan(WANTED, true, 0.3, OptionalInt.of(2), NODE, evidence);
    assertThat(two.isEnough()).isTrue();
    assertThat(two.planned().fits()).isFalse();
    assertThat(Notices.of(two))
        .contains("--replicas 2: they bear the load, but none of them may fail.");
  }

  @Test
  void knowsThatNoNumberOfReplicasIsEnough() {
    results.all();
    Plan plan = plan(WANTED, node(2, 120L << 20, false)); // 87.5 MiB of it without any link
    assertThat(plan.needed()).isEmpty();
    assertThat(plan.isEnough()).isFalse();
    assertThat(Notices.answer(plan)).startsWith("Not even 1,000 replicas would do");
  }

  // ---- limits

  @Test
  void saysWhichLimitIsReachedWhen() {
    results.all();
    Share half = plan(WANTED, NODE).share(2);
    assertThat(limit(half, Kind.CORES).use(1)).isEqualTo(0.475, within(1e-9));
    assertThat(limit(half, Kind.CORES).multipleAt(1)).isEqualTo(2 / 0.95, within(1e-9));
    assertThat(limit(half, Kind.CORES).multipleAt(0.7)).isEqualTo(1.4 / 0.95, within(1e-9));
    // 80 MiB without links, 48 MiB of pipes, 20,000 * 5,000 + 5,000 * 7,000 for links
    Limit memory = limit(half, Kind.MEMORY);
    assertThat(memory.none()).isEqualTo(128L << 20);
    assertThat(memory.wanted()).isEqualTo((128L << 20) + 135_000_000);
    assertThat(memory.multipleAt(1))
        .isEqualTo(((8L << 30) - (128L << 20)) / 135_000_000.0, within(1e-9));
    // 20,000 descriptors: 128, 256, 6 an event loop and 625 pipes of them are for others
    assertThat(limit(half, Kind.LINKS).capacity()).isEqualTo(18_354);
    assertThat(limit(half, Kind.LINKS).wanted()).isEqualTo(30_000);
    // 192 MiB without 8, and 6 KiB for each in outer TLS
    assertThat(limit(half, Kind.HEAP).capacity()).isEqualTo(31_402);
    assertThat(limit(half, Kind.HEAP).use(1)).isEqualTo(30_000 / 31_402.0, within(1e-9));
    // 20 pipes for 10 Gbit/s and 5 for 25,000 messages, of three quarters of 16,384 pages
    assertThat(limit(half, Kind.PIPES).wanted()).isEqualTo(6_400, within(1e-9));
    assertThat(limit(half, Kind.PIPES).capacity()).isEqualTo(12_288);
  }

  @Test
  void takesMoreReplicasForDescriptorsOnlyIfTheyAreGiven() {
    results.all();
    Wanted wanted = new Wanted(20_000, 2_000, 1_000, 20, 50_000, 64);
    assertThat(plan(wanted, NODE).needed()).hasValue(2);
    // 40,000 links of pairs and 2,000 at each replica, which takes 0.7 * 18,354 = 12,847
    assertThat(plan(wanted, node(2, 8L << 30, true)).needed()).hasValue(4);
  }

  /// A bridge waits at all replicas: more of them are no remedy.
  @Test
  void doesNotDivideThoseThatWait() {
    results.all();
    assertThat(plan(WANTED, NODE).share(4).load().waiting()).isEqualTo(20_000);
    assertThat(plan(WANTED, node(2, 8L << 30, true)).needed()).isEmpty();
  }

  @Test
  void neverReachesWhatTheLoadDoesNotTake() {
    results.all();
    Limit pipes = limit(plan(new Wanted(10, 10, 0, 0, 0, 64), NODE).share(1), Kind.PIPES);
    assertThat(pipes.multipleAt(1)).isInfinite();
  }

  // ---- what was measured

  @Test
  void doesNotGuessWhatWasNotMeasured() {
    results.pairing("pairing", 500, 400_000);
    Plan plan = plan(WANTED, NODE);
    assertThat(plan.missing())
        .containsExactly(Quantity.MESSAGES, Quantity.GBITS, Quantity.WAITING, Quantity.PAIRS);
    assertThat(plan.share(1).limits()).noneMatch(limit -> limit.kind() == Kind.MEMORY);
    assertThat(limit(plan.share(1), Kind.CORES).useText()).isEqualTo("at least 20 %");
    assertThat(Notices.of(plan))
        .contains(
            "Not measured: waiting links. Run beacon load perf/scenarios/ramp-waiting.properties"
                + " --relay HOST:PORT --set tls=on --out DIR, and give DIR with --results.");
  }

  @Test
  void needsNoMeasurementOfWhatIsNotWanted() {
    results.ramp("ramp-waiting", "waiting", 10_000, 2_000, 3_000);
    assertThat(plan(new Wanted(0, 100, 0, 0, 0, 64), NODE).missing()).isEmpty();
  }

  @Test
  void goesByTheDearestOfRepetitions() {
    results
        .pairing("a", 500, 400_000)
        .pairing("b", 520, 500_000)
        .pairing("c", 500, 450_000)
        .pairing("far", 5_000, 900_000);
    Plan plan = plan(new Wanted(0, 0, 3_000, 0, 0, 64), node(1, 8L << 30, false));
    // 0.7 cores: 1,400 a second at 500 us, 1,750 at 400 us
    assertThat(plan.needed()).hasValue(3);
    assertThat(plan.neededAtBest()).hasValue(2);
    Estimate estimate = estimate(plan.share(3), Quantity.PAIRINGS);
    assertThat(estimate.samples()).hasSize(3);
    assertThat(estimate.factor()).isEqualTo(1_000 / 520.0, within(1e-9));
    assertThat(estimate.spread()).isEqualTo(1.25, within(1e-9));
    assertThat(estimate.sureness()).isEqualTo(Sureness.LIKELY);
  }

  @Test
  void goesByTheNearestRate() {
    results.pairing("slow", 500, 400_000).pairing("fast", 5_000, 200_000);
    Plan plan = plan(new Wanted(0, 0, 4_000, 0, 0, 64), NODE);
    assertThat(plan.share(1).cores()).isEqualTo(0.8, within(1e-9));
    assertThat(plan.share(4).cores()).isEqualTo(0.4, within(1e-9)); // 1,000 a second: 500 is nearer
  }

  @Test
  void goesByTheDearerOfTwoKinds() {
    results.pairing("pairing", 500, 400_000).churn("churn", 200, 700_000);
    Plan plan = plan(new Wanted(0, 0, 500, 0, 0, 64), NODE);
    assertThat(plan.share(1).cores()).isEqualTo(0.35, within(1e-9));
  }

  @Test
  void goesByMessagesOfTheNearestSize() {
    results.messages("small", 64, 10_000).messages("large", 65_536, 20_000);
    results.ramp("ramp-pairs", "pairs", 10_000, 1_000, 6_000);
    assertThat(plan(new Wanted(100, 0, 0, 0, 10_000, 32_768), NODE).share(1).cores())
        .isEqualTo(0.2, within(1e-9));
    Share large = plan(new Wanted(100, 0, 0, 0, 10_000, 262_144), NODE).share(1);
    Estimate larger = estimate(large, Quantity.MESSAGES);
    assertThat(larger.factor()).isEqualTo(4, within(1e-9)); // as many, but four times as large
  }

  @Test
  void isNotSureOfMorePairsThanWereMeasured() {
    results.bulk("a").bulk("b").bulk("c"); // 10 Gbit/s through 16 pairs
    assertThat(sureness(16)).isEqualTo(Sureness.SURE);
    assertThat(sureness(40)).isEqualTo(Sureness.LIKELY);
    assertThat(sureness(60_000)).isEqualTo(Sureness.UNCERTAIN);
  }

  private Sureness sureness(int pairs) {
    Plan plan = plan(new Wanted(pairs, 0, 0, 10, 0, 64), NODE);
    return estimate(plan.share(1), Quantity.GBITS).sureness();
  }

  @Test
  void leavesOutWhatSaysNothingForThisPlan() {
    Map<String, Object> run = Map.of("unit", "pairing", "done", 10, "elapsed_ns", 10);
    results
        .all()
        .write("unseen", true, Map.of("load", "pairing", "tls", "on"), Map.of("relay", run))
        .write("other-tls", true, Map.of("load", "pairing", "tls", "off"), Map.of("relay", run))
        .write("other-load", true, Map.of("load", "soak"), Map.of("relay", run))
        .write("direct", true, Map.of("load", "messages"), Map.of("direct", run))
        .write("cut", false, Map.of(), Map.of());
    Plan plan = plan(WANTED, NODE);
    assertThat(plan.needed()).hasValue(2);
    assertThat(plan.evidence().leftOut())
        .containsExactly(
            new Evidence.LeftOut(
                "cut", "INCOMPLETE: not all was done that was to be done; run it again"),
            new Evidence.LeftOut("direct", "no relay took part in it"),
            new Evidence.LeftOut("other-load", "a plan has no use for load=soak"),
            new Evidence.LeftOut("other-tls", "taken with tls off: the plan is for tls on"),
            new Evidence.LeftOut(
                "unseen", "the relay's process was not seen: run beacon load on the relay's host"));
  }
}
