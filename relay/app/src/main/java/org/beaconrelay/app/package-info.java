/// The command line: reads options, starts a relay, a bridge or a broker, tells how things are.
///
/// May use: `server`, `endpoint`, `protocol`, picocli; of Netty only its version and whether epoll
/// is there.
@NullMarked
package org.beaconrelay.app;

import org.jspecify.annotations.NullMarked;
