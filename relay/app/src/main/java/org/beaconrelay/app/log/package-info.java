/// The connection log: what is written of links that have ended, if the operator asks for it.
///
/// May use: `server`, `protocol`, Netty's text form of addresses.
@NullMarked
package org.beaconrelay.app.log;

import org.jspecify.annotations.NullMarked;
