package org.beaconrelay.server.splice;

import org.beaconrelay.server.linux.Syscalls;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.metrics.Counters;

/// What all splices of a shard share.
///
/// **Thread:** shard-confined.
public record SpliceEngine(
    Syscalls syscalls, PipePool pipes, Turns turns, Counters<Counter> counters) {}
