package org.beaconrelay.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What a reader has to know about a run to judge its figures: the machine, the programs and the
/// method, by name, in the order of the report.
record RunFacts(Map<String, String> byName) {
  private static final String UNKNOWN = "unknown";

  static RunFacts collect(List<String> arguments, RunOptions options, Site site)
      throws IOException, InterruptedException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("CPU", cpuModel() + ", usable cores: " + site.pinning().cores().size());
    facts.put("load", Files.readString(Path.of("/proc/loadavg")).strip() + " before the run");
    facts.put("JVM", System.getProperty("java.vm.name") + " " + Runtime.version());
    for (Contender contender : options.contenders()) {
      List<String> command = contender.peer().versionCommand();
      if (!command.isEmpty()) {
        facts.put(contender.label(), firstLine(command));
      }
    }
    facts.put("commit", commit(site.root()));
    facts.put("command", "perf/compare " + String.join(" ", arguments));
    facts.put("pinned", site.pinning().describe());
    facts.put(
        "method",
        "%d rounds, contenders in turn, each started afresh; %d s warm-up, %d s measured"
            .formatted(options.rounds(), options.warmupSeconds(), options.seconds()));
    return new RunFacts(facts);
  }

  private static String cpuModel() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
      if (line.startsWith("model name")) {
        return line.substring(line.indexOf(':') + 1).strip();
      }
    }
    return UNKNOWN;
  }

  private static String commit(Path root) throws IOException, InterruptedException {
    String folder = root.toString();
    String commit = firstLine("git", "-C", folder, "rev-parse", "--short", "HEAD");
    boolean changed = !firstLine("git", "-C", folder, "status", "--porcelain").equals(UNKNOWN);
    return changed ? commit + " with changes" : commit;
  }

  private static String firstLine(String... command) throws IOException, InterruptedException {
    return firstLine(List.of(command));
  }

  private static String firstLine(List<String> command) throws IOException, InterruptedException {
    // Some tell their version on standard error.
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> lines;
    try (var reader = process.inputReader()) {
      lines = reader.lines().toList();
    }
    return process.waitFor() == 0 && !lines.isEmpty() ? lines.getFirst() : UNKNOWN;
  }
}
