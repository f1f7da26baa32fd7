package org.beaconrelay.perf.plan;

/// What is to be set to what.
///
/// @param name as it is written where it is set
/// @param now what it is, if nobody sets it
record Setting(String name, String value, String now, String reason) {}
