package org.beaconrelay.perf.load;

/// The relay's process at one moment of the measured time.
///
/// @param elapsedNs since it began
/// @param cpuNs time on a processor since it began
/// @param rssKib memory that is resident
/// @param descriptors that are open
/// @param pipeEnds ends of pipes among them
/// @param threads that it has
record ProcessPoint(
    long elapsedNs, long cpuNs, long rssKib, int descriptors, int pipeEnds, int threads) {}
