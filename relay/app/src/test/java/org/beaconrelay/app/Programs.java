package org.beaconrelay.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.beaconrelay.testing.Patience;

/// Other people's programs, as a test runs them.
final class Programs {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private Programs() {}

  /// Where a program is; the test is skipped where it is not installed.
  static String find(String name) {
    String path = System.getenv().getOrDefault("PATH", "") + ":/usr/sbin:/usr/local/sbin";
    List<String> found =
        Stream.of(path.split(":", -1))
            .map(directory -> Path.of(directory, name))
            .filter(Files::isExecutable)
            .map(Path::toString)
            .toList();
    assumeThat(found).as(name + " is installed").isNotEmpty();
    return found.getFirst();
  }

  /// A port of loopback that nobody listens at.
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /// Starts a server, and waits until it listens.
  ///
  /// @param folder where it runs, and what it says is put down
  static Process startServer(Path folder, int port, String... command) throws IOException {
    Path log = Files.createTempFile(folder, "server", ".log");
    Process server =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    Patience.until(
        PATIENCE,
        command[0] + " listens",
        () -> {
          if (!server.isAlive()) {
            throw new AssertionError(command[0] + " ended: " + text(log));
          }
          return listens(port);
        });
    return server;
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return e.toString();
    }
  }

  private static boolean listens(int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  /// Runs a program to its end, which has to be a good one.
  ///
  /// @return what it said
  static String run(Path folder, String... command) throws IOException, InterruptedException {
    Path out = Files.createTempFile(folder, "program", ".out");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    boolean ended = process.waitFor(3, TimeUnit.MINUTES);
    process.destroyForcibly();
    String said = new String(Files.readAllBytes(out), UTF_8);
    assertThat(ended).as("%s ends; it said %s", command[0], said).isTrue();
    assertThat(process.exitValue()).as("%s said %s", command[0], said).isZero();
    return said;
  }
}
