/// Reports as documents: written once, shown as a page for a browser or as text for a terminal.
///
/// A page is a single file that asks no network for anything: style, script and charts are in it.
/// The tables carry all figures; charts are drawn from the same figures where JavaScript runs.
///
/// May use: the JDK, `org.beaconrelay.perf`, and resources of the uPlot WebJar.
@NullMarked
package org.beaconrelay.perf.page;

import org.jspecify.annotations.NullMarked;
