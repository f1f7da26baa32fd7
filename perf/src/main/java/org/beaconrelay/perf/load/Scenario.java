package org.beaconrelay.perf.load;

import java.util.Map;

/// What a run does.
///
/// @param settings all keys and their values, numbers as numbers and times in seconds
/// @param tls whether links are inside the relay's outer TLS until they are paired
record Scenario(Map<String, Object> settings, boolean tls, Load load) {}
