/// A page of the micro-benchmarks' results: reads what JMH writes with `-rf json`.
///
/// May use: the JDK, `org.beaconrelay.perf`, its package `page`, Jackson, picocli.
@NullMarked
package org.beaconrelay.perf.jmh;

import org.jspecify.annotations.NullMarked;
