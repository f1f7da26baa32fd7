package org.beaconrelay.perf.compare;

import org.beaconrelay.perf.CpuUse;

/// What all processes of a relay took while it was measured.
///
/// @param residentBytes of their memory, at the end
record RelayUse(CpuUse cpu, long residentBytes) {}
