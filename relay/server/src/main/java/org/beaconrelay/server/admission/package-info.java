/// Who may come in, and how often: limits by source address. No I/O, no clock.
///
/// May use: `metrics`, `protocol`.
@NullMarked
package org.beaconrelay.server.admission;

import org.jspecify.annotations.NullMarked;
