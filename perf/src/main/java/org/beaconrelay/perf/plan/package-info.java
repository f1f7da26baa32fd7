/// The capacity report: says what a wanted load takes, from what `beacon load` has measured.
///
/// May use: the JDK, `org.beaconrelay.perf`, its package `page`, `org.beaconrelay.server` (the
/// rules by which a relay shares out descriptors and pipes), Jackson, picocli.
@NullMarked
package org.beaconrelay.perf.plan;

import org.jspecify.annotations.NullMarked;
