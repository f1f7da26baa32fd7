package org.beaconrelay.server.splice;

import org.beaconrelay.server.linux.Syscalls;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.metrics.Counters;
import org.jspecify.annotations.Nullable;

/// What all splices of a shard share.
///
/// **Thread:** shard-confined.
///
/// @param pipes for bytes that nobody has to look at
/// @param tunnelPipes buffers in user space for flows with an end that keeps its outer TLS on
/// @param turns for pumps that let others go first
/// @param rests for pumps that let some bytes gather first
/// @param rates how fast flows may be, or null: as fast as they can
public record SpliceEngine(
    Syscalls syscalls,
    PipePool pipes,
    PipePool tunnelPipes,
    Turns turns,
    Rests rests,
    @Nullable Rates rates,
    Counters<Counter> counters) {}
