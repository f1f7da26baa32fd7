package org.beaconrelay.server;

import java.net.InetSocketAddress;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.jspecify.annotations.Nullable;

/// What a link is, or came to: all that a relay ever knows of one, and nothing else
/// (TRUST-MODEL.md, rules 3 and 6). It is gone with the link unless a [LinkObserver] keeps it.
///
/// Times are in milliseconds since 1970.
///
/// @param role null if it never came to wait or to be paired, or has not announced yet
/// @param infoHash null likewise
/// @param source where the endpoint dialled from
/// @param destination where it reached the relay
/// @param openedMs when it was accepted
/// @param pairedMs when it was told PAIRED, 0 if it never was
/// @param closedMs when it ended, 0 while it is open
/// @param pairId that of its PAIRED frame, 0 if it was never paired
/// @param bytesFrom bytes that came from it and were delivered to its counterpart
/// @param bytesTo bytes of its counterpart's that were delivered to it
/// @param reason why it ended, null while it is open
public record LinkRecord(
    @Nullable Role role,
    @Nullable InfoHash infoHash,
    InetSocketAddress source,
    InetSocketAddress destination,
    long openedMs,
    long pairedMs,
    long closedMs,
    long pairId,
    long bytesFrom,
    long bytesTo,
    @Nullable CloseReason reason) {}
