/// Composition of the relay: settings, shards, the life of a link.
///
/// May use: every package below, `protocol`.
@NullMarked
package org.beaconrelay.server;

import org.jspecify.annotations.NullMarked;
