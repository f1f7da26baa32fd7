package org.beaconrelay.server.admission;

import org.jspecify.annotations.Nullable;

/// Accounts by their hash, which is a keyed one: nobody can aim all of his at one slot.
///
/// **Thread:** guarded by its [Admission].
final class SourceTable {
  private static final int INITIAL_SLOTS = 64;

  private @Nullable SourceAccount[] slots = new SourceAccount[INITIAL_SLOTS];
  private int count;

  @Nullable SourceAccount find(long hash) {
    SourceAccount account = slots[slotOf(hash)];
    while (account != null && account.hash != hash) {
      account = account.nextInSlot;
    }
    return account;
  }

  /// Adds an account, the hash of which has none.
  void add(SourceAccount account) {
    if (count >= slots.length) {
      resize(slots.length * 2);
    }
    put(account);
    count++;
  }

  private void put(SourceAccount account) {
    int slot = slotOf(account.hash);
    account.nextInSlot = slots[slot];
    slots[slot] = account;
  }

  /// Removes an account that is there.
  void remove(SourceAccount account) {
    int slot = slotOf(account.hash);
    SourceAccount before = null;
    SourceAccount at = slots[slot];
    while (at != account) {
      before = at;
      at = inSlot(at).nextInSlot;
    }
    if (before == null) {
      slots[slot] = account.nextInSlot;
    } else {
      before.nextInSlot = account.nextInSlot;
    }
    account.nextInSlot = null;
    count--;
    if (slots.length > INITIAL_SLOTS && count * 8 < slots.length) {
      resize(slots.length / 2);
    }
  }

  private static SourceAccount inSlot(@Nullable SourceAccount account) {
    if (account == null) {
      throw new IllegalStateException("not in the table");
    }
    return account;
  }

  private void resize(int length) {
    @Nullable SourceAccount[] before = slots;
    slots = new SourceAccount[length];
    for (SourceAccount first : before) {
      SourceAccount account = first;
      while (account != null) {
        SourceAccount next = account.nextInSlot;
        put(account);
        account = next;
      }
    }
  }

  private int slotOf(long hash) {
    return (int) hash & (slots.length - 1);
  }

  int count() {
    return count;
  }
}
