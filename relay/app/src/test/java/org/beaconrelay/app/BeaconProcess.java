package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.beaconrelay.testing.Patience;
import org.beaconrelay.testing.ProcessFigures;

/// The packaged program, running one of its commands in a process of its own.
final class BeaconProcess implements AutoCloseable {
  private static final Path JAR = Path.of("target", "beacon.jar").toAbsolutePath();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path err;
  private final BufferedReader out;
  private final List<String> lines = new ArrayList<>();

  private BeaconProcess(Process process, Path err) {
    this.process = process;
    this.err = err;
    this.out = process.inputReader();
  }

  /// Starts it as its launcher does.
  ///
  /// @param launcher a program that becomes it: prlimit, say; or nothing
  /// @param folder where standard error goes
  /// @param arguments the command first; a relay has an admin port only if it is among them
  static BeaconProcess start(List<String> launcher, Path folder, List<String> arguments)
      throws IOException {
    assumeThat(JAR).as("the packaged program").exists();
    Path config = JAR.resolve("../../../../native-config").normalize();
    List<String> command = new ArrayList<>(launcher);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + config.resolve("jvm.options"));
    if (Set.of("bridge", "broker").contains(arguments.getFirst())) {
      command.add("@" + config.resolve("endpoint.options"));
    }
    command.add("-Djava.library.path=" + JAR.resolveSibling("native"));
    command.addAll(List.of("-jar", JAR.toString()));
    command.addAll(arguments);
    if (arguments.getFirst().equals("relay") && !arguments.contains("--admin")) {
      command.addAll(List.of("--admin", "off")); // many of them run at a time
    }
    Path err = Files.createTempFile(folder, arguments.getFirst(), ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("BEACON_") || name.equals("JAVA_TOOL_OPTIONS"));
    return new BeaconProcess(builder.start(), err);
  }

  /// Waits for the line `ready`.
  ///
  /// @return the line
  String awaitReady() throws IOException {
    String line = out.readLine();
    while (line != null) {
      lines.add(line);
      if (line.startsWith("ready ")) {
        return line;
      }
      line = out.readLine();
    }
    throw new AssertionError("it ended: " + lines + err());
  }

  /// The process as the kernel sees it.
  ProcessFigures figures() {
    return new ProcessFigures(process.pid());
  }

  /// Waits until it has no more sockets and pipes open than `count`.
  void awaitDescriptors(int count) {
    Patience.until(
        PATIENCE, "descriptors are back at " + count, () -> figures().openKernelObjects() <= count);
  }

  /// Sends SIGTERM. Through the handle: [Process#destroy] would also close what it says.
  void terminate() {
    process.toHandle().destroy();
  }

  /// Sends SIGKILL, and waits until it is gone.
  void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(PATIENCE)).as("the process ends").isTrue();
  }

  /// Waits for the next line on standard output, which begins with `word`.
  void awaitLine(String word) throws IOException {
    String line = out.readLine();
    assertThat(line).startsWith(word + " ");
    lines.add(line);
  }

  /// Waits until standard error has a text in it.
  void awaitErr(String text) {
    Patience.until(PATIENCE, "standard error says: " + text, () -> allErr().contains(text));
  }

  /// Waits for the end of the process, and reads nothing of what it says.
  int awaitExitCode() throws InterruptedException {
    assertThat(process.waitFor(PATIENCE)).as("the process ends").isTrue();
    return process.exitValue();
  }

  /// Waits for the end of the process.
  ///
  /// @return all it said, and its exit code
  Outcome awaitEnd() throws InterruptedException {
    out.lines().forEach(lines::add);
    assertThat(process.waitFor(PATIENCE)).as("the process ends").isTrue();
    return new Outcome(process.exitValue(), String.join("\n", lines), err());
  }

  /// What it has said on standard error, but for what it says of the host: that is another on each.
  String err() {
    return allErr()
        .lines()
        .filter(line -> !line.startsWith("beacon: warning: host: "))
        .map(line -> line + "\n")
        .collect(Collectors.joining());
  }

  /// All that it has said on standard error.
  String allErr() {
    try {
      return Files.readString(err);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
