/// The wire of the Beacon Rendezvous Protocol, version 1 (BRP/1): what an endpoint and the relay
/// say to each other before the bytes that are none of the relay's business.
///
/// May use: the JDK.
@NullMarked
package org.beaconrelay.protocol;

import org.jspecify.annotations.NullMarked;
