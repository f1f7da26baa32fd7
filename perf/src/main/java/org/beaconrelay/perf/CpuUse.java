package org.beaconrelay.perf;

/// What a process took of the CPU during a measurement.
///
/// @param runNs run time of all its threads
/// @param longestWaitNs the longest that one of its threads could have run and had no core: it
///   tells what company the relay had
/// @param endedTasks threads that ended meanwhile, whose last stretch is missing in the sums
public record CpuUse(long runNs, long longestWaitNs, long endedTasks) {}
