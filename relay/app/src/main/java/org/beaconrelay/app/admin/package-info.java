/// The admin port: what a relay says of itself to its operator and to his tools, over HTTP.
///
/// May use: `log`, for the one schema of what is ever said of a link; the server.
@NullMarked
package org.beaconrelay.app.admin;

import org.jspecify.annotations.NullMarked;
