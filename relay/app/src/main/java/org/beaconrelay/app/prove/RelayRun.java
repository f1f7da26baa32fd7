package org.beaconrelay.app.prove;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A relay in a process of its own, on a port of loopback that nobody else knows.
///
/// **Owns:** the process.
final class RelayRun implements AutoCloseable {
  private static final Pattern READY =
      Pattern.compile(
          "ready listen=127\\.0\\.0\\.1:(\\d+) tls=\\S+(?: sha256=([0-9a-f]{64}))?(?: .*)?");
  private static final Pattern TRANSPORT = Pattern.compile("start .* transport=(\\S+) .*");
  private static final int PATIENCE_S = 20;

  private final Process process;
  private final List<String> words;
  private final ProcessHandle relay;
  private final InetSocketAddress address;
  private final String certificateSha256;
  private final String transport;

  private RelayRun(Process process, List<String> words, List<String> said, Matcher ready) {
    this.process = process;
    this.words = words;
    this.relay = process.children().findFirst().orElse(process.toHandle());
    this.address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(ready.group(1)));
    this.certificateSha256 = ready.group(2) == null ? "" : ready.group(2);
    this.transport =
        said.stream()
            .map(TRANSPORT::matcher)
            .filter(Matcher::matches)
            .map(matcher -> matcher.group(1))
            .findFirst()
            .orElse("unknown");
  }

  /// Starts one, and waits until it is ready.
  ///
  /// @param launcher a program that starts it, and ends with it; or nothing
  /// @throws IOException if it does not become ready: with what it said
  static RelayRun start(Program program, List<String> launcher, List<String> options)
      throws IOException {
    List<String> words = new ArrayList<>(List.of("relay", "--listen", "127.0.0.1:0"));
    words.addAll(options);
    Process process = program.builder(launcher, words).start();
    List<String> said = new ArrayList<>();
    try {
      BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        said.add(line);
        Matcher ready = READY.matcher(line);
        if (ready.matches()) {
          Thread.ofVirtual().start(() -> drain(process));
          return new RelayRun(process, words, said, ready);
        }
      }
      List<String> complaints = process.errorReader(StandardCharsets.UTF_8).readAllLines();
      throw new IOException(
          "a relay that was started did not become ready; it said: "
              + String.join("; ", complaints.isEmpty() ? said : complaints));
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  /// What it warns of must not fill a pipe.
  private static void drain(Process process) {
    try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
      while (err.readLine() != null) {
        // Nothing in it bears on what is tried.
      }
    } catch (IOException e) {
      // It was closed together with the process.
    }
  }

  /// How it was started, as a person would.
  String commandLine() {
    return "beacon " + String.join(" ", words);
  }

  InetSocketAddress address() {
    return address;
  }

  /// Of its outer TLS; empty if it has none.
  String certificateSha256() {
    return certificateSha256;
  }

  /// `epoll` or `io_uring`.
  String transport() {
    return transport;
  }

  long pid() {
    return relay.pid();
  }

  /// Has it end by itself, and its launcher with it.
  void stop() throws IOException, InterruptedException {
    relay.destroy();
    if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
      throw new IOException("a relay did not end within %d s".formatted(PATIENCE_S));
    }
  }

  @Override
  public void close() {
    relay.destroyForcibly();
    process.destroyForcibly();
    process.onExit().join();
  }
}
