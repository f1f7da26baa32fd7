package org.beaconrelay.perf.load;

import java.util.List;
import java.util.Map;

/// What came of all runs of a scenario, and what a reader has to know to judge it.
///
/// @param facts about the machine and the relay
/// @param settings of the scenario
/// @param whole whether all was done, and nothing failed
record LoadReport(
    Map<String, String> facts,
    Map<String, Object> settings,
    boolean whole,
    List<LoadResult> results) {}
