package org.beaconrelay.server.splice;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.beaconrelay.server.linux.Syscalls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is true of kernel pipes and of buffers in user space alike.
@ParameterizedClass(name = "copy = {0}")
@ValueSource(booleans = {false, true})
final class PipePoolTest {
  private static final int PAGE_BYTES = 4096;
  private static final int PIPE_BYTES = 65_536;
  private static final long BUDGET_BYTES = 16 << 20;

  @Parameter private boolean copy;
  private final List<String> turnsGiven = new ArrayList<>();
  private final Turns turns = new Turns(() -> {});
  private final Pumps pumps = new Pumps(turns);
  private final List<PipePool> pools = new ArrayList<>();
  private final List<Pipe> leased = new ArrayList<>();

  @AfterEach
  void close() {
    for (Pipe pipe : leased) {
      pipe.destroy();
    }
    pools.forEach(PipePool::close);
  }

  private PipePool pool(int pipeSizeBytes, long budgetBytes, int maxPipes) {
    PipePool pool = new PipePool(new Syscalls(), turns, copy, pipeSizeBytes, budgetBytes, maxPipes);
    pools.add(pool);
    return pool;
  }

  private PipePool pool(int maxPipes) {
    return pool(PIPE_BYTES, BUDGET_BYTES, maxPipes);
  }

  private Pipe lease(PipePool pool) {
    Pipe pipe = requireNonNull(pool.lease());
    leased.add(pipe);
    return pipe;
  }

  private Pipe leaseReserved(PipePool pool) {
    Pipe pipe = requireNonNull(pool.leaseReserved());
    leased.add(pipe);
    return pipe;
  }

  private void giveBack(PipePool pool, Pipe pipe) {
    leased.remove(pipe);
    pool.giveBack(pipe);
  }

  private void leaseAll(PipePool pool) {
    while (leased.size() < 10_000) {
      Pipe pipe = pool.leaseReserved();
      if (pipe == null) {
        return;
      }
      leased.add(pipe);
    }
    throw new AssertionError("no bound");
  }

  @Test
  void hasNoPipeBeforeTheFirstLease() {
    PipePool pool = pool(8);
    assertThat(pool.count()).isZero();
    assertThat(pool.leasedCount()).isZero();
    assertThat(pool.capacityBytes()).isZero();
  }

  @Test
  void leasesThePipeThatCameBackLast() {
    PipePool pool = pool(8);
    Pipe first = lease(pool);
    Pipe second = lease(pool);
    giveBack(pool, first);
    giveBack(pool, second);
    assertThat(lease(pool)).isSameAs(second);
    assertThat(lease(pool)).isSameAs(first);
    assertThat(pool.count()).isEqualTo(2);
  }

  @Test
  void givesUpThePipesThatNobodyNeedsForAWhile() {
    PipePool pool = pool(8);
    Pipe first = lease(pool);
    Pipe second = lease(pool);
    Pipe third = lease(pool);
    giveBack(pool, first);
    giveBack(pool, second);
    pool.trim(); // begins the while
    assertThat(pool.count()).isEqualTo(3);
    giveBack(pool, lease(pool));
    giveBack(pool, third);
    pool.trim();
    assertThat(pool.count()).isEqualTo(2);
    pool.trim();
    assertThat(pool.count()).isZero();
    assertThat(pool.capacityBytes()).isZero();
    assertThat(lease(pool).capacityBytes()).isEqualTo(PIPE_BYTES);
  }

  @Test
  void countsLeasedAndFreePipes() {
    PipePool pool = pool(8);
    Pipe pipe = lease(pool);
    lease(pool);
    assertThat(pool.leasedCount()).isEqualTo(2);
    giveBack(pool, pipe);
    assertThat(pool.leasedCount()).isEqualTo(1);
    assertThat(pool.count()).isEqualTo(2);
    assertThat(pool.capacityBytes()).isEqualTo(2 * PIPE_BYTES);
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "3, 1", "4, 2", "8, 2", "16, 2", "64, 8"})
  void keepsAnEighthInReserveAndTwoIfThereAreSoMany(int maxPipes, int reserved) {
    PipePool pool = pool(PAGE_BYTES, BUDGET_BYTES, maxPipes);
    for (int i = 0; i < maxPipes - reserved; i++) {
      lease(pool);
    }
    assertThat(pool.lease()).isNull();
    for (int i = 0; i < reserved; i++) {
      leaseReserved(pool);
    }
    assertThat(pool.leaseReserved()).isNull();
    assertThat(pool.lease()).isNull();
    assertThat(pool.leasedCount()).isEqualTo(maxPipes);
  }

  @Test
  void hasFewerPipesWhereTheBudgetIsSmall() {
    PipePool pool = pool(PIPE_BYTES, 16 * PAGE_BYTES, 100);
    leaseAll(pool);
    assertThat(leased).hasSize(8);
  }

  @ParameterizedTest
  @CsvSource({
    "4096, 65536, 2",
    "1048576, 65536, 8",
    "1048576, 1048576, 16",
    "1048576, 8388608, 50",
    "100000, 1048576, 8",
    "65536, 16777216, 64",
    "1048576, 4194304, 2"
  })
  void neverExceedsTheBudget(int pipeSizeBytes, long budgetBytes, int maxPipes) {
    PipePool pool = pool(pipeSizeBytes, budgetBytes, maxPipes);
    leaseAll(pool);
    assertThat(leased).hasSize((int) Math.min(maxPipes, budgetBytes / (2 * PAGE_BYTES)));
    assertThat(pool.capacityBytes())
        .isLessThanOrEqualTo(budgetBytes)
        .isEqualTo(leased.stream().mapToLong(Pipe::capacityBytes).sum());
    assertThat(leased)
        .allSatisfy(pipe -> assertThat(pipe.capacityBytes()).isGreaterThanOrEqualTo(PAGE_BYTES));
  }

  @Test
  void makesPipesSmallerTheMoreThereAre() {
    PipePool pool = pool(1 << 20, 4 << 20, 32);
    leaseAll(pool);
    List<Integer> capacities = leased.stream().map(Pipe::capacityBytes).toList();
    assertThat(capacities).isSortedAccordingTo((one, next) -> Integer.compare(next, one));
    assertThat(capacities.getFirst()).isGreaterThan(capacities.getLast());
  }

  @Test
  void replacesASmallPipeOnceThereIsRoomAgain() {
    PipePool pool = pool(PIPE_BYTES, 4 * PIPE_BYTES, 8);
    leaseAll(pool);
    int smallBytes = leased.getLast().capacityBytes();
    for (Pipe pipe : List.copyOf(leased.subList(0, leased.size() - 1))) {
      leased.remove(pipe);
      pool.discard(pipe);
    }
    giveBack(pool, leased.getLast());
    for (int i = 0; i < 1_023; i++) {
      Pipe pipe = lease(pool);
      assertThat(pipe.capacityBytes()).isEqualTo(smallBytes);
      giveBack(pool, pipe);
    }
    assertThat(lease(pool).capacityBytes()).isGreaterThan(smallBytes);
  }

  @Test
  void forgetsADiscardedPipe() {
    PipePool pool = pool(8);
    Pipe dirty = lease(pool);
    leased.remove(dirty);
    pool.discard(dirty);
    assertThat(pool.count()).isZero();
    assertThat(pool.capacityBytes()).isZero();
    assertThat(lease(pool)).isNotSameAs(dirty);
  }

  @Test
  void givesAWaitingPumpATurnForEachPipeThatComesBack() {
    PipePool pool = pool(8);
    Pipe first = lease(pool);
    Pipe second = lease(pool);
    pool.await(named("first"));
    pool.await(named("second"));
    pool.await(named("third"));
    giveBack(pool, first);
    turns.run(0);
    assertThat(turnsGiven).containsExactly("first");
    leased.remove(second);
    pool.discard(second);
    turns.run(0);
    assertThat(turnsGiven).containsExactly("first", "second");
  }

  /// The kernel may have refused a pipe, and nobody has one to give back.
  @Test
  void hasAWaitingPumpTryAgainThoughNoPipeComesBack() {
    PipePool pool = pool(8);
    pool.await(named("first"));
    pool.await(named("second"));
    pool.trim();
    turns.run(0);
    assertThat(turnsGiven).containsExactly("first");
  }

  @Test
  void givesNoTurnsWhereNobodyWaits() {
    PipePool pool = pool(8);
    giveBack(pool, lease(pool));
    turns.run(0);
    assertThat(turnsGiven).isEmpty();
  }

  @Test
  void destroysFreePipesWhenItIsClosed() {
    PipePool pool = pool(8);
    Pipe kept = lease(pool);
    Pipe pipe = lease(pool);
    giveBack(pool, pipe);
    pool.close();
    assertThat(pool.count()).isEqualTo(1);
    assertThat(pool.capacityBytes()).isEqualTo(kept.capacityBytes());
  }

  @Test
  void saysWhetherItCopies() {
    assertThat(pool(8).copies()).isEqualTo(copy);
  }

  private Pump named(String name) {
    return pumps.pump(() -> turnsGiven.add(name));
  }
}
