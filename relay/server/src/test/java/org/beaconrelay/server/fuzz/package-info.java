/// Fuzzing of what strangers can send, guided by coverage.
@NullMarked
package org.beaconrelay.server.fuzz;

import org.jspecify.annotations.NullMarked;
