package org.beaconrelay.perf.load;

import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/// What came of one run.
///
/// @param name of what was run against
/// @param whole whether all was done that was to be done, in time
/// @param done how much was done within the measured time, whenever it was due
/// @param elapsedNs the measured time
/// @param latencies of what was due within the measured time, in nanoseconds
/// @param lateness how late things were begun, in nanoseconds
/// @param counts what happened how often, warm-up included
/// @param process the relay's, within the measured time; null if unknown
/// @param ramp how that went with the number of links; null if that is unknown, or was not the
///   question
record LoadResult(
    String name,
    Unit unit,
    boolean whole,
    long done,
    long elapsedNs,
    Histogram latencies,
    Histogram lateness,
    Map<String, Long> counts,
    @Nullable ProcessSeries process,
    @Nullable RampResult ramp) {}
