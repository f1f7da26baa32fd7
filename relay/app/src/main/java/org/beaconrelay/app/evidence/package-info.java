/// What shows from outside that a relay keeps its promises.
///
/// May use: the JDK.
@NullMarked
package org.beaconrelay.app.evidence;

import org.jspecify.annotations.NullMarked;
