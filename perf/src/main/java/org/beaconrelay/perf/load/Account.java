package org.beaconrelay.perf.load;

/// What a pair came to, as its ends have it.
record Account(long pairId, Ending ending, Tally bridge, Tally broker) {}
