package org.beaconrelay.app.demo;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The process that runs [DemoRelay], as its parent has it.
///
/// **Owns:** the process; it ends with this one, whatever happens.
final class RelayChild implements AutoCloseable {
  /// What the relay had to say in the end.
  ///
  /// @param rows all that it knew of its paired links, `name: what` each
  /// @param splicedBytes bytes that it moved inside the kernel
  /// @param copiedBytes bytes that it moved through its memory
  record Report(List<String> rows, long splicedBytes, long copiedBytes) {}

  private final Process process;
  private final BufferedReader out;
  private final PrintWriter in;
  private final InetSocketAddress address;
  private final String certificateSha256;

  private RelayChild(Process process) throws IOException {
    this.process = process;
    this.out = process.inputReader();
    this.in = new PrintWriter(process.outputWriter(), true);
    String[] ready = nextLine(DemoRelay.READY).split(" ", -1);
    this.address =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(ready[0]));
    this.certificateSha256 = ready[1];
  }

  /// Starts it, on the same Java and from the same jar, and waits until it listens.
  static RelayChild start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xmx64m",
                "-XX:TieredStopAtLevel=1", // it lives for seconds
                "-Djdk.tls.server.newSessionTicketCount=0",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                DemoRelay.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      return new RelayChild(process);
    } catch (IOException | RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private String nextLine(String word) throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new EOFException("the relay's process ended");
    }
    if (!line.startsWith(word)) {
      throw new IOException("the relay's process said something else: " + line);
    }
    return line.substring(word.length());
  }

  InetSocketAddress address() {
    return address;
  }

  String certificateSha256() {
    return certificateSha256;
  }

  long pid() {
    return process.pid();
  }

  /// Asks what it saw, once that many links of pairs have ended.
  Report report(int links) throws IOException {
    in.println(DemoRelay.REPORT + links);
    List<String> rows = new ArrayList<>();
    String line = nextLine("");
    while (line.startsWith(DemoRelay.ROW)) {
      rows.add(line.substring(DemoRelay.ROW.length()));
      line = nextLine("");
    }
    String[] bytes = line.substring(DemoRelay.BYTES.length()).split(" ", -1);
    return new Report(rows, Long.parseLong(bytes[0]), Long.parseLong(bytes[1]));
  }

  @Override
  public void close() {
    in.close();
    process.destroyForcibly();
    process.onExit().join();
  }
}
