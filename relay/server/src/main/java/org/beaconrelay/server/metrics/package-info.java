/// Counters that one thread writes and anybody reads.
///
/// May use: nothing.
@NullMarked
package org.beaconrelay.server.metrics;

import org.jspecify.annotations.NullMarked;
