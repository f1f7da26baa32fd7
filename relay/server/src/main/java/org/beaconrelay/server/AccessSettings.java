package org.beaconrelay.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may come in at all.
///
/// @param allowFrom where links may come from; empty = from anywhere
/// @param denyFrom where they may not, even so
/// @param allowedHashes what may be announced; null = anything
public record AccessSettings(
    List<AddressRange> allowFrom,
    List<AddressRange> denyFrom,
    @Nullable AllowedHashes allowedHashes) {

  /// Whoever wants to.
  public static final AccessSettings OPEN = new AccessSettings(List.of(), List.of(), null);

  public AccessSettings {
    allowFrom = List.copyOf(allowFrom);
    denyFrom = List.copyOf(denyFrom);
  }
}
