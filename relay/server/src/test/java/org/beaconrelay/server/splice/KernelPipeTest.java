package org.beaconrelay.server.splice;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.beaconrelay.server.linux.OpenPipes;
import org.beaconrelay.server.linux.Syscalls;
import org.beaconrelay.server.linux.TestLibc;
import org.junit.jupiter.api.Test;

final class KernelPipeTest {
  private static final int PIPE_BYTES = 1 << 20;

  private final Syscalls syscalls = new Syscalls();
  private final Turns turns = new Turns(() -> {});
  private final Set<Integer> before = OpenPipes.descriptors();

  private Set<Integer> opened() {
    Set<Integer> opened = new HashSet<>(OpenPipes.descriptors());
    opened.removeAll(before);
    return opened;
  }

  private PipePool pool(long budgetBytes, int maxPipes) {
    return new PipePool(syscalls, turns, false, PIPE_BYTES, budgetBytes, maxPipes);
  }

  @Test
  void takesTwoDescriptors() {
    KernelPipe pipe = requireNonNull(KernelPipe.open(syscalls, 65_536));
    assertThat(opened()).hasSize(2);
    pipe.destroy();
    assertThat(opened()).isEmpty();
  }

  @Test
  void knowsWhatTheKernelGranted() {
    KernelPipe pipe = requireNonNull(KernelPipe.open(syscalls, 5_000));
    assertThat(pipe.capacityBytes()).isEqualTo(8_192);
    assertThat(opened()).allSatisfy(fd -> assertThat(syscalls.pipeCapacity(fd)).isEqualTo(8_192));
    pipe.destroy();
  }

  @Test
  void isRoomyBelowAByteForEachSlot() {
    KernelPipe pipe = requireNonNull(KernelPipe.open(syscalls, 65_536));
    assertThat(pipe.roomyFillBytes()).isEqualTo(16);
    pipe.destroy();
  }

  @Test
  void staysWithinTheBudgetOfItsPoolInTheEyesOfTheKernel() {
    PipePool pool = pool(4 << 20, 40);
    List<Pipe> pipes = new ArrayList<>();
    Pipe pipe = pool.leaseReserved();
    while (pipe != null) {
      pipes.add(pipe);
      pipe = pool.leaseReserved();
    }
    assertThat(pipes).hasSize(40);
    // Each pipe has two descriptors that tell the same.
    long grantedBytes = opened().stream().mapToLong(syscalls::pipeCapacity).sum() / 2;
    assertThat(grantedBytes).isEqualTo(pool.capacityBytes()).isLessThanOrEqualTo(4 << 20);
    pipes.forEach(pool::giveBack);
    pool.close();
    assertThat(opened()).isEmpty();
  }

  @Test
  void givesItsDescriptorsBackWhenItIsDiscarded() {
    PipePool pool = pool(4 << 20, 4);
    Pipe pipe = requireNonNull(pool.lease());
    assertThat(opened()).hasSize(2);
    pool.discard(pipe);
    assertThat(opened()).isEmpty();
  }

  @Test
  void isNotThereWhereNoDescriptorIsLeft() {
    PipePool pool = pool(4 << 20, 4);
    Pipe free = requireNonNull(pool.lease());
    pool.giveBack(free);
    List<Boolean> had = new ArrayList<>();
    TestLibc.withoutDescriptors(
        () -> {
          had.add(pool.lease() != null);
          had.add(pool.lease() != null);
          had.add(pool.leaseReserved() != null);
        });
    assertThat(had).containsExactly(true, false, false);
    assertThat(pool.leasedCount()).isEqualTo(1);
    assertThat(pool.count()).isEqualTo(1);
    Pipe later = requireNonNull(pool.lease());
    pool.discard(later);
    pool.giveBack(free);
    pool.close();
    assertThat(opened()).isEmpty();
  }
}
