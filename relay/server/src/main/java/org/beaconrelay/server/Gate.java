package org.beaconrelay.server;

import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.server.admission.Admission;
import org.beaconrelay.server.admission.Refusal;
import org.beaconrelay.server.admission.Stay;
import org.beaconrelay.server.linux.PackedAddress;
import org.beaconrelay.server.rendezvous.KeyedHash;
import org.jspecify.annotations.Nullable;

/// Who may come in, by what the operator has said about source addresses and info_hashes.
///
/// **Thread:** any; one for all shards.
final class Gate {
  private final AccessSettings access;
  private final Admission admission;
  private final KeyedHash keyedHash = KeyedHash.random();

  Gate(AccessSettings access, LimitSettings limits) {
    this.access = access;
    this.admission =
        new Admission(
            limits.maxPending(),
            limits.maxPendingPerAddress(),
            limits.maxLinksPerAddress(),
            limits.announceRatePerAddress());
  }

  /// Whether a link from there is somebody else's, as its PROXY header has to say.
  boolean isProxy(PackedAddress source) {
    return AddressRange.anyContains(access.proxies(), source);
  }

  /// See [Admission#enterUnnamed].
  @Nullable Refusal enterUnnamed(Stay stay) {
    return admission.enterUnnamed(stay);
  }

  /// Takes a link in that was just accepted, or does not.
  ///
  /// @return why not, or null
  @Nullable Refusal enter(Stay stay, PackedAddress source) {
    if (AddressRange.anyContains(access.denyFrom(), source)) {
      return Refusal.DENY_FROM;
    }
    if (!access.allowFrom().isEmpty() && !AddressRange.anyContains(access.allowFrom(), source)) {
      return Refusal.ALLOW_FROM;
    }
    return admission.enter(stay, hash(source), System.nanoTime());
  }

  /// See [Admission#enterToBeTold].
  boolean enterToBeTold(Stay stay, PackedAddress source) {
    return admission.enterToBeTold(stay, hash(source), System.nanoTime());
  }

  /// Whether an info_hash may be announced.
  boolean allows(InfoHash infoHash) {
    AllowedHashes allowed = access.allowedHashes();
    return allowed == null || allowed.contains(infoHash);
  }

  /// See [Admission#settle].
  void settle(Stay stay) {
    admission.settle(stay);
  }

  /// See [Admission#leave].
  boolean leave(Stay stay) {
    return admission.leave(stay, System.nanoTime());
  }

  /// See [Admission#forget].
  boolean forget() {
    return admission.forget(System.nanoTime());
  }

  /// Links that have yet to announce, or to be told that they are turned away.
  int pendingCount() {
    return admission.pendingCount();
  }

  /// Source addresses that something is kept of.
  int sourceCount() {
    return admission.sourceCount();
  }

  private long hash(PackedAddress source) {
    return keyedHash.of(source.network());
  }
}
