package org.beaconrelay.perf.load;

/// What there was when so many links were open.
///
/// @param links that wait, or pairs
/// @param kernelBytes memory of the kernel for the relay's ends, beyond what there was before
/// @param process the relay's
record RampStep(int links, long kernelBytes, ProcessPoint process) {}
