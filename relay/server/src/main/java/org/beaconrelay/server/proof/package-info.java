/// Whether a proof of possession holds.
///
/// May use: `protocol`.
@NullMarked
package org.beaconrelay.server.proof;

import org.jspecify.annotations.NullMarked;
