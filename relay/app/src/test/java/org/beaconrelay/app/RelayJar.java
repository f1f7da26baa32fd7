package org.beaconrelay.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.beaconrelay.testing.ProcessFigures;

/// A process that runs the packaged relay.
final class RelayJar implements AutoCloseable {
  private static final Pattern READY = Pattern.compile("ready listen=127\\.0\\.0\\.1:(\\d+) .*");

  private static final Pattern ADMIN = Pattern.compile(" admin=(\\S+)");

  private final BeaconProcess process;
  private String readyLine = "";
  private int port;

  private RelayJar(BeaconProcess process) {
    this.process = process;
  }

  /// Starts a relay without outer TLS on a free port of loopback, and waits until it is ready.
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
    RelayJar relay = startBy(launcher, folder, arguments.toArray(String[]::new));
    relay.awaitReady();
    return relay;
  }

  /// The same with an admin port.
  static RelayJar readyWithAdmin(Path folder, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--admin", "127.0.0.1:0"));
    arguments.addAll(List.of(options));
    return ready(folder, arguments.toArray(String[]::new));
  }

  /// The same with outer TLS.
  static RelayJar readyWithTls(Path folder, String... options) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--listen", "127.0.0.1:0"));
    arguments.addAll(List.of(options));
    RelayJar relay = start(List.of(), folder, arguments);
    relay.awaitReady();
    return relay;
  }

  /// Starts `beacon relay` with some options.
  static RelayJar startWithTls(Path folder, String... options) throws IOException {
    return start(List.of(), folder, List.of(options));
  }

  /// Starts `beacon relay --tls off` with further options.
  ///
  /// @param folder where standard error goes
  static RelayJar start(Path folder, String... options) throws IOException {
    return startBy(List.of(), folder, options);
  }

  /// The same by way of a program that becomes the relay.
  static RelayJar startBy(List<String> launcher, Path folder, String... options)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--tls", "off"));
    arguments.addAll(List.of(options));
    return start(launcher, folder, arguments);
  }

  private static RelayJar start(List<String> launcher, Path folder, List<String> options)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("relay"));
    arguments.addAll(options);
    return new RelayJar(BeaconProcess.start(launcher, folder, arguments));
  }

  /// Waits for the line `ready`.
  ///
  /// @return where it listens
  InetSocketAddress awaitReady() throws IOException {
    readyLine = process.awaitReady();
    Matcher matcher = READY.matcher(readyLine);
    if (!matcher.matches()) {
      throw new AssertionError("it listens elsewhere: " + readyLine);
    }
    port = Integer.parseInt(matcher.group(1));
    return address();
  }

  /// What it said when it was ready.
  String readyLine() {
    return readyLine;
  }

  /// Where it listens, once it is ready.
  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /// Where its admin port is, if it has one.
  URI admin() {
    Matcher matcher = ADMIN.matcher(readyLine);
    if (!matcher.find()) {
      throw new AssertionError("it has no admin port: " + readyLine);
    }
    return URI.create("http://" + matcher.group(1));
  }

  /// See [BeaconProcess#figures].
  ProcessFigures figures() {
    return process.figures();
  }

  /// See [BeaconProcess#awaitDescriptors].
  void awaitDescriptors(int count) {
    process.awaitDescriptors(count);
  }

  /// See [BeaconProcess#terminate].
  void terminate() {
    process.terminate();
  }

  /// See [BeaconProcess#awaitLine].
  void awaitLine(String word) throws IOException {
    process.awaitLine(word);
  }

  /// See [BeaconProcess#awaitErr].
  void awaitErr(String text) {
    process.awaitErr(text);
  }

  /// See [BeaconProcess#awaitExitCode].
  int awaitExitCode() throws InterruptedException {
    return process.awaitExitCode();
  }

  /// See [BeaconProcess#awaitEnd].
  Outcome awaitEnd() throws InterruptedException {
    return process.awaitEnd();
  }

  @Override
  public void close() {
    process.close();
  }
}
