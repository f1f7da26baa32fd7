package org.beaconrelay.server;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may come in at all.
///
/// @param allowFrom where links may come from; empty = from anywhere
/// @param denyFrom where they may not, even so
/// @param allowedHashes what may be announced; null = anything
/// @param proxies where links come from that are somebody else's, and have to begin with a PROXY
///   header that says whose; nobody else is believed
public record AccessSettings(
    List<AddressRange> allowFrom,
    List<AddressRange> denyFrom,
    @Nullable AllowedHashes allowedHashes,
    List<AddressRange> proxies) {

  /// Whoever wants to.
  public static final AccessSettings OPEN =
      new AccessSettings(List.of(), List.of(), null, List.of());

  public AccessSettings {
    allowFrom = List.copyOf(allowFrom);
    denyFrom = List.copyOf(denyFrom);
    proxies = List.copyOf(proxies);
  }
}
