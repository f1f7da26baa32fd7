/// `beacon prove`: what a relay promises about the bytes that it passes on, tried on a relay in a
/// process of its own.
///
/// May use: `evidence`, `endpoint`, `protocol`.
@NullMarked
package org.beaconrelay.app.prove;

import org.jspecify.annotations.NullMarked;
