/// Moving bytes: the data plane. Allocates nothing once a splice runs, logs nothing, throws
/// nothing, knows no Netty.
///
/// [org.beaconrelay.server.splice.Flow] decides, [org.beaconrelay.server.splice.Pump] does,
/// [org.beaconrelay.server.splice.Splice] is the two of a pair.
///
/// May use: `linux`, `metrics`.
@NullMarked
package org.beaconrelay.server.splice;

import org.jspecify.annotations.NullMarked;
