/// Certificates and private keys: made, and read from PEM files.
///
/// May use: `protocol`, BouncyCastle.
@NullMarked
package org.beaconrelay.endpoint.pki;

import org.jspecify.annotations.NullMarked;
