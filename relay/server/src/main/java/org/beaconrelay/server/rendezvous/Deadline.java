package org.beaconrelay.server.rendezvous;

import org.jspecify.annotations.Nullable;

/// A moment at which something has to be done, unless it is cancelled before.
///
/// **Thread:** shard-confined.
public final class Deadline {
  private final Runnable action;

  // Where it hangs in a DeadlineWheel.
  long dueNs;
  int slot = NONE;
  @Nullable Deadline previous;
  @Nullable Deadline next;

  static final int NONE = -1;

  /// @param action what is to be done, on the shard's thread
  public Deadline(Runnable action) {
    this.action = action;
  }

  void expire() {
    action.run();
  }

  /// Whether it is still to come.
  public boolean isScheduled() {
    return slot != NONE;
  }
}
