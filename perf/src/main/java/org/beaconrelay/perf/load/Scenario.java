package org.beaconrelay.perf.load;

import java.util.Map;

/// What a run does.
///
/// @param settings all keys and their values, numbers as numbers and times in seconds
record Scenario(Map<String, Object> settings, Load load) {}
