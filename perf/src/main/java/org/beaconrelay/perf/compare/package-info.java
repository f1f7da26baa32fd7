/// The comparison: gives the same work to several relays in turns, and says what each took for it.
@NullMarked
package org.beaconrelay.perf.compare;

import org.jspecify.annotations.NullMarked;
