package org.beaconrelay.perf.compare;

import java.util.List;
import java.util.Map;

/// How the process of a contender is started, in a new folder that is its working folder.
///
/// @param program what the process must be: it is the relay itself whose CPU time is read, not a
///   script around it
/// @param environment beside that of this process
/// @param files that are put into the folder first, by name
record Launch(
    String program,
    List<String> command,
    Map<String, String> environment,
    Map<String, String> files) {
  Launch(String program, List<String> command, Map<String, String> environment) {
    this(program, command, environment, Map.of());
  }
}
