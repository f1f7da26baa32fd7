package org.beaconrelay.server.splice;

import org.beaconrelay.server.linux.Syscalls;
import org.jspecify.annotations.Nullable;

/// The pipes of a shard. A flow leases one for as long as bytes are in it.
///
/// **Thread:** data plane, shard-confined. **Owns:** the pipes that are not leased.
public final class PipePool {
  /*
   * Bounds. The number of pipes and their capacity are bounded, and both are promises to the rest of the
   * process. A flow whose sink does not read keeps its pipe; thousands of them must not stop the others.
   *
   * - Capacity: a page for every pipe is set aside; of the rest a new pipe gets a quarter of what is left
   *   at most. So the more pipes are stuck, the smaller further ones are, and none is refused for want of
   *   capacity before the number runs out.
   * - Number: the last pipes are reserved. Who leases one of them must have asked first whether its sink
   *   takes bytes, and fills no more than the sink surely takes, so that it comes back in the same
   *   wake-up.
   * - A sink may still take less than it said: while the kernel is short of memory for TCP, it refuses
   *   sockets that hold much. Then a reserved pipe is stuck, and while one is, the others are for sinks
   *   whose queue is so short that the kernel takes a page even then (tcp_wmem in tcp(7)).
   *
   * A pipe that was made small in bad times is small for ever, so now and then a small one is not kept
   * when it comes back, and the next lease tries for full size again. Not each time: where the kernel
   * refuses growth (fs.pipe-user-pages-soft), that would be three calls a wake-up for nothing.
   */

  /// What a socket that says it is writable takes for sure: a socket is writable while a third of
  /// its send buffer is free, and that is more than a page.
  static final int SURE_BYTES = 4096;

  private static final int RESERVED_SHARE = 8;
  private static final int MIN_RESERVED = 2;
  private static final int SMALL_RETURNS_PER_RETRY = 1024;

  private final Syscalls syscalls;
  private final boolean copy;
  private final int pipeSizeBytes;
  private final long growthBudgetBytes;
  private final int reserved;
  private final Pipe[] free;
  private final PumpQueue waiting = new PumpQueue();
  private final Turns turns;
  private int freeCount;
  private int freeAllAlong;
  private int leasedCount;
  private long capacityBytes;
  private int smallReturns;

  /// @param copy buffers in user space instead of kernel pipes
  /// @param pipeSizeBytes wanted capacity of each, 4 KiB to 1 GiB
  /// @param budgetBytes most capacity of all together, at least 64 KiB
  /// @param maxPipes most pipes, at least 2; fewer where the budget has less than two pages for
  ///   each
  public PipePool(
      Syscalls syscalls,
      Turns turns,
      boolean copy,
      int pipeSizeBytes,
      long budgetBytes,
      int maxPipes) {
    this.syscalls = syscalls;
    this.turns = turns;
    this.copy = copy;
    this.pipeSizeBytes = pipeSizeBytes;
    int pipes = (int) Math.min(maxPipes, budgetBytes / (2 * SURE_BYTES));
    this.free = new Pipe[pipes];
    this.reserved = Math.max(Math.min(MIN_RESERVED, pipes / 2), pipes / RESERVED_SHARE);
    this.growthBudgetBytes = budgetBytes - (long) pipes * SURE_BYTES;
  }

  /// A pipe for any use, or null if only the reserved ones are left.
  @Nullable Pipe lease() {
    return leasedCount < free.length - reserved ? take() : null;
  }

  /// A pipe for no more than [#SURE_BYTES] on their way to a sink that is writable, or null if
  /// there is none at all.
  @Nullable Pipe leaseReserved() {
    return leasedCount < free.length ? take() : null;
  }

  /// Whether nobody is stuck with a reserved pipe but, perhaps, the pump that asks.
  ///
  /// @param own what it has leased, or null
  boolean isReserveWhole(@Nullable Pipe own) {
    return leasedCount - (own == null ? 0 : 1) <= free.length - reserved;
  }

  private @Nullable Pipe take() {
    Pipe pipe = freeCount > 0 ? free[--freeCount] : open();
    freeAllAlong = Math.min(freeAllAlong, freeCount);
    if (pipe != null) {
      leasedCount++;
    }
    return pipe;
  }

  private @Nullable Pipe open() {
    int wantedBytes = grantBytes();
    Pipe pipe = copy ? new CopyPipe(syscalls, wantedBytes) : KernelPipe.open(syscalls, wantedBytes);
    if (pipe != null) {
      capacityBytes += pipe.capacityBytes();
    }
    return pipe;
  }

  /// What a new pipe may have.
  private int grantBytes() {
    long quarterOfTheRest = (growthBudgetBytes - capacityBytes) / 4;
    long wholePages = Long.highestOneBit(Math.max(SURE_BYTES, quarterOfTheRest));
    return (int) Math.min(pipeSizeBytes, wholePages);
  }

  /// Takes back an empty pipe.
  void giveBack(Pipe pipe) {
    leasedCount--;
    if (isWorthReplacing(pipe)) {
      destroy(pipe);
    } else {
      free[freeCount++] = pipe;
    }
    resumeNext();
  }

  private boolean isWorthReplacing(Pipe pipe) {
    return pipe.capacityBytes() < grantBytes() && ++smallReturns % SMALL_RETURNS_PER_RETRY == 0;
  }

  /// Takes back a pipe that holds bytes which nobody will want any more.
  void discard(Pipe pipe) {
    leasedCount--;
    destroy(pipe);
    resumeNext();
  }

  private void destroy(Pipe pipe) {
    capacityBytes -= pipe.capacityBytes();
    pipe.destroy();
  }

  /// Queues a pump until a pipe is free.
  void await(Pump pump) {
    waiting.add(pump);
  }

  /// Gives the pump that has waited longest a turn, if there is a pipe for it. It may find that it
  /// needs none, or be closed before: then it has to pass the turn on, by calling this again.
  void resumeNext() {
    Pump pump = leasedCount < free.length ? waiting.poll() : null;
    if (pump != null) {
      pump.resumed = true;
      turns.add(pump);
    }
  }

  /// Whether bytes pass through this process's memory.
  boolean copies() {
    return copy;
  }

  /// Destroys as many pipes as were never needed since the last call: an idle relay holds none. Has
  /// one that waits for a pipe try again.
  public void trim() {
    while (freeAllAlong > 0) {
      freeAllAlong--;
      destroy(free[--freeCount]);
    }
    freeAllAlong = freeCount;
    resumeNext(); // the kernel may have had none for it
  }

  /// Destroys the pipes that are not leased.
  public void close() {
    while (freeCount > 0) {
      destroy(free[--freeCount]);
    }
    freeAllAlong = 0;
  }

  /// Pipes that are leased now.
  public int leasedCount() {
    return leasedCount;
  }

  /// Pipes there are, leased or not.
  public int count() {
    return leasedCount + freeCount;
  }

  /// What the kernel granted to all pipes there are.
  public long capacityBytes() {
    return capacityBytes;
  }
}
