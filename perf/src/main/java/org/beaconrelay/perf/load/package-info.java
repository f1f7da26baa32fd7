/// The load generator: does at a set rate what endpoints do, and measures from the moment when each
/// thing was due, not from when the generator got round to it. A relay that stalls is charged for
/// all that would have happened meanwhile (no coordinated omission).
@NullMarked
package org.beaconrelay.perf.load;

import org.jspecify.annotations.NullMarked;
