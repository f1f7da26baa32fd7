package org.beaconrelay.server;

import org.beaconrelay.protocol.Role;
import org.jspecify.annotations.Nullable;

/// What a link came to.
///
/// @param role null if it never announced one
/// @param pairId that of its PAIRED frame, 0 if it was never paired
/// @param bytesFrom bytes that came from it and were delivered to its counterpart
/// @param bytesTo bytes of its counterpart's that were delivered to it
/// @param reason why it ended
public record LinkRecord(
    @Nullable Role role, long pairId, long bytesFrom, long bytesTo, CloseReason reason) {}
