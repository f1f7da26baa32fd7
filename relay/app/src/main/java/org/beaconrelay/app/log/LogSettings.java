package org.beaconrelay.app.log;

/// What is logged of links, how, and for how long it is kept.
///
/// @param retention has a meaning only where the log goes to files
public record LogSettings(
    Destination destination, Privacy address, Privacy hash, Retention retention) {}
