package org.beaconrelay.app.prove;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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

  /// A relay whose every call is stopped at, on a busy machine, takes some seconds.
  private static final Duration READY_WITHIN = Duration.ofSeconds(60);

  private final Process process;
  private final List<String> words;
  private final ProcessHandle relay;
  private final InetSocketAddress address;
  private final String certificateSha256;
  private final String transport;

  private RelayRun(Process process, List<String> words, Collection<String> said, Matcher ready) {
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
      throws IOException, InterruptedException {
    return start(program, launcher, options, READY_WITHIN);
  }

  static RelayRun start(
      Program program, List<String> launcher, List<String> options, Duration readyWithin)
      throws IOException, InterruptedException {
    List<String> words = new ArrayList<>(List.of("relay", "--listen", "127.0.0.1:0"));
    words.addAll(options);
    Process process = program.builder(launcher, words).redirectErrorStream(true).start();
    Collection<String> said = new ConcurrentLinkedQueue<>();
    CompletableFuture<Matcher> ready = new CompletableFuture<>();
    Thread.ofVirtual().start(() -> listen(process, said, ready));
    try {
      Matcher line = ready.get(readyWithin.toMillis(), TimeUnit.MILLISECONDS);
      return new RelayRun(process, words, said, line);
    } catch (ExecutionException _) {
      Program.kill(process);
      throw new IOException(
          "a relay that was started did not become ready; it said: " + String.join("; ", said));
    } catch (TimeoutException _) {
      Program.kill(process);
      throw new IOException(
          ("a relay that was started neither became ready nor ended within %d s; it said: %s; see"
                  + " what holds it up: %s")
              .formatted(
                  readyWithin.toSeconds(),
                  said.isEmpty() ? "nothing" : String.join("; ", said),
                  commandLine(words)));
    } catch (InterruptedException | RuntimeException e) {
      Program.kill(process);
      throw e;
    }
  }

  /// Reads as long as it says anything, since nothing of it must fill a pipe; what it says once it
  /// is ready does not bear on what is tried.
  private static void listen(
      Process process, Collection<String> said, CompletableFuture<Matcher> ready) {
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = out.readLine(); line != null; line = out.readLine()) {
        if (!ready.isDone()) {
          said.add(line);
          Matcher matcher = READY.matcher(line);
          if (matcher.matches()) {
            ready.complete(matcher);
          }
        }
      }
      ready.completeExceptionally(new EOFException());
    } catch (IOException e) {
      ready.completeExceptionally(e); // it was closed together with the process
    }
  }

  /// How it was started, as a person would.
  String commandLine() {
    return commandLine(words);
  }

  private static String commandLine(List<String> words) {
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
    Program.kill(process);
  }
}
