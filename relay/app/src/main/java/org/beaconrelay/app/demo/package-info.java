/// `beacon demo`: a relay, a secret store, a bridge and a broker, and one request through them.
///
/// May use: `evidence`, `endpoint`, `server`, `protocol`, the JDK's HTTP server.
@NullMarked
package org.beaconrelay.app.demo;

import org.jspecify.annotations.NullMarked;
