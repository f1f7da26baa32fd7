/// The few system calls that Netty and the JDK do not offer, through `java.lang.foreign`; the only
/// user of it.
///
/// Calls do not throw: they return what the kernel returned, or `-errno`.
///
/// May use: nothing.
@NullMarked
package org.beaconrelay.server.linux;

import org.jspecify.annotations.NullMarked;
