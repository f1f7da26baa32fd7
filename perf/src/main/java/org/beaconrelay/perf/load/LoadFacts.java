package org.beaconrelay.perf.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.beaconrelay.perf.AllowedCores;

/// What a reader has to know about a run to judge its figures, by name, in the order of the report.
final class LoadFacts {
  private LoadFacts() {}

  static Map<String, String> collect(Path scenario, OptionalLong relayPid) throws IOException {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("file", scenario.getFileName().toString());
    facts.put("kernel", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    facts.put("cpu", cpuModel());
    facts.put("processors", String.valueOf(processors(relayPid)));
    facts.put("load", Files.readString(Path.of("/proc/loadavg")).strip() + " after the run");
    if (relayPid.isPresent()) {
      relayCommand(relayPid.getAsLong()).ifPresent(command -> facts.put("relay_command", command));
    }
    return facts;
  }

  private static String cpuModel() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/cpuinfo"))) {
      if (line.startsWith("model name")) {
        return line.substring(line.indexOf(':') + 1).strip();
      }
    }
    return "unknown";
  }

  /// Those that the relay may run on, or, where it is not to be seen, the generator.
  private static int processors(OptionalLong relayPid) {
    try {
      if (relayPid.isPresent()) {
        return AllowedCores.of(String.valueOf(relayPid.getAsLong())).size();
      }
    } catch (IOException _) {
      // It has ended, which the counts tell.
    }
    return Runtime.getRuntime().availableProcessors();
  }

  /// How the relay was started, without what only concerns its JVM and this machine's folders.
  private static Optional<String> relayCommand(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().arguments())
        .map(
            arguments ->
                Arrays.stream(arguments)
                    .dropWhile(argument -> !argument.equals("relay"))
                    .collect(Collectors.joining(" ", "beacon ", "")))
        .filter(command -> !command.equals("beacon "));
  }
}
