package org.beaconrelay.perf.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.beaconrelay.perf.AllowedCores;
import org.beaconrelay.perf.RunFailedException;

/// Which core the generator runs on and which one the relay, so that neither takes time of the
/// other.
///
/// @param cores that this process may use; with one alone nobody is pinned
record Pinning(List<Integer> cores) {
  static final List<Requirement> REQUIREMENTS =
      List.of(
          new Requirement("taskset", "util-linux"),
          new Requirement("setpriv", "util-linux"),
          new Requirement("setsid", "util-linux"));

  static Pinning ofThisProcess() throws IOException {
    return new Pinning(AllowedCores.of("self"));
  }

  /// Moves all threads of this process, and with them the threads to come, to the generator's core.
  void pinGenerator() throws IOException, InterruptedException, RunFailedException {
    if (!isApart()) {
      return;
    }
    String pid = String.valueOf(ProcessHandle.current().pid());
    Process taskset =
        new ProcessBuilder("taskset", "-a", "-c", "-p", cores.getFirst().toString(), pid)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    if (taskset.waitFor() != 0) {
      throw new RunFailedException("taskset could not pin the generator to core " + cores.get(0));
    }
  }

  /// The command line that runs that of `relay` on the relay's core. All of it is exec, so that the
  /// process stays the same.
  List<String> relayCommand(List<String> relay) {
    // A session of its own: Ctrl-C is for the generator, which then ends the relay in order.
    // Death signal: nothing is left behind if the generator is killed outright, but for nginx's
    // worker, which survives its master.
    List<String> command = new ArrayList<>(List.of("setsid", "setpriv", "--pdeathsig", "KILL"));
    if (isApart()) {
      command.addAll(List.of("taskset", "-c", cores.get(1).toString()));
    }
    command.addAll(relay);
    return command;
  }

  String describe() {
    return isApart()
        ? "generator to core %d, relay to core %d".formatted(cores.get(0), cores.get(1))
        : "none: one core for generator and relay";
  }

  private boolean isApart() {
    return cores.size() > 1;
  }
}
