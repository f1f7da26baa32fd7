/// Micro-benchmarks: one class for each data structure or step of the hot path. How to get a valid
/// run is in `bench/README.md`.
@NullUnmarked
package org.beaconrelay.bench;

import org.jspecify.annotations.NullUnmarked;
