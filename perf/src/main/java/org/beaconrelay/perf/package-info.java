/// Load and comparison: what the relay costs, measured from outside, beside its peers.
///
/// May use: the JDK, `org.beaconrelay.protocol`, HdrHistogram, Jackson, picocli.
@NullMarked
package org.beaconrelay.perf;

import org.jspecify.annotations.NullMarked;
