package org.beaconrelay.perf.load;

/// What an end of a pair has sent and received, behind PAIRED.
///
/// @param sawEnd whether it received the end of the stream
record Tally(long sentBytes, long receivedBytes, boolean sawEnd) {}
