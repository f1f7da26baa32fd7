/// The two ends that people run: bridge and broker.
///
/// Control plane throughout: blocking sockets on virtual threads.
///
/// May use: `protocol`, the JDK; `pki` uses BouncyCastle.
@NullMarked
package org.beaconrelay.endpoint;

import org.jspecify.annotations.NullMarked;
