package org.beaconrelay.perf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Which processors a process may run on (`Cpus_allowed_list`, proc_pid_status(5)).
public final class AllowedCores {
  private static final String NAME = "Cpus_allowed_list:";

  private AllowedCores() {}

  /// @param process `self`, or its id
  public static List<Integer> of(String process) throws IOException {
    Path status = Path.of("/proc", process, "status");
    for (String line : Files.readAllLines(status)) {
      if (line.startsWith(NAME)) {
        return parse(line.substring(NAME.length()).strip());
      }
    }
    throw new IOException("no %s in %s".formatted(NAME, status));
  }

  /// Reads a list of the kernel's: `0-3,6` (cpuset(7)).
  static List<Integer> parse(String list) {
    List<Integer> cores = new ArrayList<>();
    for (String range : list.split(",", -1)) {
      String[] ends = range.split("-", 2);
      int last = Integer.parseInt(ends[ends.length - 1]);
      for (int core = Integer.parseInt(ends[0]); core <= last; core++) {
        cores.add(core);
      }
    }
    return List.copyOf(cores);
  }
}
