package org.beaconrelay.perf.load;

/// The time that is measured ([System#nanoTime]).
record Window(long fromNs, long toNs) {}
