/// Who waits for whom: pairing, its limits, deadlines. No I/O.
///
/// May use: `protocol`, `metrics`.
@NullMarked
package org.beaconrelay.server.rendezvous;

import org.jspecify.annotations.NullMarked;
