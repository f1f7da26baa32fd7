package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.beaconrelay.testing.Patience;
import org.beaconrelay.testing.ProcessFigures;

/// A process that runs the packaged relay.
final class RelayJar implements AutoCloseable {
  private static final Path JAR = Path.of("target", "beacon.jar").toAbsolutePath();
  private static final Pattern READY = Pattern.compile("ready listen=127\\.0\\.0\\.1:(\\d+) .*");
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path err;
  private final BufferedReader out;
  private final List<String> lines = new ArrayList<>();
  private int port;

  private RelayJar(Process process, Path err) {
    this.process = process;
    this.err = err;
    this.out = process.inputReader();
  }

  /// Starts a relay on a free port of loopback, and waits until it is ready.
  ///
  /// @param folder where standard error goes
  static RelayJar ready(Path folder, String... options) throws IOException {
    return readyBy(List.of(), folder, options);
  }

  /// The same by way of a program that becomes the relay: prlimit, say.
  static RelayJar readyBy(List<String> launcher, Path folder, String... options)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--listen", "127.0.0.1:0"));
    arguments.addAll(List.of(options));
    RelayJar relay = start(launcher, folder, arguments);
    relay.awaitReady();
    return relay;
  }

  /// Starts `beacon relay --tls off` with further options.
  ///
  /// @param folder where standard error goes
  static RelayJar start(Path folder, String... options) throws IOException {
    return start(List.of(), folder, List.of(options));
  }

  private static RelayJar start(List<String> launcher, Path folder, List<String> options)
      throws IOException {
    assumeThat(JAR).as("the packaged relay").exists();
    Path root = JAR.resolve("../../../..").normalize();
    List<String> command = new ArrayList<>(launcher);
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "@" + root.resolve("native-config/jvm.options"),
            "-jar",
            JAR.toString(),
            "relay",
            "--tls",
            "off"));
    command.addAll(options);
    Path err = Files.createTempFile(folder, "relay", ".err");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("BEACON_") || name.equals("JAVA_TOOL_OPTIONS"));
    return new RelayJar(builder.start(), err);
  }

  /// Waits for the line `ready`.
  ///
  /// @return where it listens
  InetSocketAddress awaitReady() throws IOException {
    String line = out.readLine();
    while (line != null) {
      lines.add(line);
      Matcher matcher = READY.matcher(line);
      if (matcher.matches()) {
        port = Integer.parseInt(matcher.group(1));
        return address();
      }
      line = out.readLine();
    }
    throw new AssertionError("the relay ended: " + lines + err());
  }

  /// Where it listens, once it is ready.
  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
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

  /// Waits for the next line on standard output, which begins with `word`.
  void awaitLine(String word) throws IOException {
    String line = out.readLine();
    assertThat(line).startsWith(word + " ");
    lines.add(line);
  }

  /// Waits for the end of the process.
  ///
  /// @return all it said, and its exit code
  Outcome awaitEnd() throws IOException, InterruptedException {
    out.lines().forEach(lines::add);
    assertThat(process.waitFor(PATIENCE)).as("the relay ends").isTrue();
    return new Outcome(process.exitValue(), String.join("\n", lines), err());
  }

  private String err() throws IOException {
    return Files.readString(err);
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
