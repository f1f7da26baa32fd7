/// Netty: event loops, the descriptors they watch, accepting, reading one announce.
///
/// May use: `rendezvous`, `splice`, `linux`, `metrics`, `protocol`, Netty.
@NullMarked
package org.beaconrelay.server.transport;

import org.jspecify.annotations.NullMarked;
