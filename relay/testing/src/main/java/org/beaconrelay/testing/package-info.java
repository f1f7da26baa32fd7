/// What the tests of several modules need: endpoints that speak BRP/1, and what the kernel says of
/// a process.
@NullMarked
package org.beaconrelay.testing;

import org.jspecify.annotations.NullMarked;
