package org.beaconrelay.app.prove;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// A program that has Beacon's commands.
///
/// @param command what it is started with, before its command
public record Program(List<String> command) {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  public Program {
    command = List.copyOf(command);
  }

  /// The one that runs in this very process, with the same JVM options.
  ///
  /// @param arguments what it was given, from its command on
  /// @throws IOException if it cannot be told how it was started
  public static Program ofThisProcess(List<String> arguments) throws IOException {
    byte[] line = Files.readAllBytes(Path.of("/proc/self/cmdline"));
    List<String> words =
        new ArrayList<>(List.of(new String(line, StandardCharsets.UTF_8).split("\0", -1)));
    words.removeLast(); // each ends with a zero
    int count = words.size() - arguments.size();
    if (count < 1 || !words.subList(count, words.size()).equals(arguments)) {
      throw new IOException(
          "cannot tell how this program was started; name its launcher with --program");
    }
    List<String> command = new ArrayList<>(words.subList(0, count));
    command.set(0, ProcessHandle.current().info().command().orElse(command.getFirst()));
    return new Program(command);
  }

  /// How one of its commands is started.
  ///
  /// @param launcher a program that becomes or starts it; or nothing
  ProcessBuilder builder(List<String> launcher, List<String> arguments) {
    List<String> words = new ArrayList<>(launcher);
    words.addAll(command);
    words.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(words);
    // What is proven is what the report says, whatever else this environment is for.
    builder.environment().keySet().removeIf(name -> name.startsWith("BEACON_"));
    return builder;
  }

  /// What it says of itself: the lines of `beacon version`.
  public SequencedMap<String, String> version() throws IOException, InterruptedException {
    return version(PATIENCE);
  }

  SequencedMap<String, String> version(Duration patience) throws IOException, InterruptedException {
    Process process =
        builder(List.of(), List.of("version"))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    SequencedMap<String, String> facts = new LinkedHashMap<>();
    try (Reader said = process.inputReader(StandardCharsets.UTF_8)) {
      // Before it is read, or who says nothing would be waited for; a version fits into the pipe.
      if (!process.waitFor(patience) || process.exitValue() != 0) {
        throw new IOException(command.getLast() + " does not say its version: is it beacon?");
      }
      for (String line : said.readAllLines()) {
        String[] parts = line.split(" +", 2);
        facts.put(parts[0], parts.length == 2 ? parts[1] : "");
      }
      return facts;
    } finally {
      kill(process);
    }
  }

  /// Ends a process, and first what it has started: a launcher's end is not that of its relay.
  static void kill(Process process) {
    process.descendants().toList().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    process.onExit().join();
  }
}
