package org.beaconrelay.app;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `openssl s_server` or `openssl s_client` as one end of a mutual TLS 1.3 connection, of which it
/// is sent the plaintext by its standard input and gives it by its standard output.
///
/// **Owns:** the process.
final class TlsProgram implements AutoCloseable {
  private final Process process;
  private final Path messages;

  private TlsProgram(Process process, Path messages) {
    this.process = process;
    this.messages = messages;
  }

  /// Serves one connection at a UNIX socket in the directory of the certificates.
  static TlsProgram server(TestPki pki, String certificate, Path socket) throws IOException {
    return start(pki, "s_server", certificate, List.of("-Verify", "1"), socket, "-naccept", "1");
  }

  /// Connects to a UNIX socket there. Closing its standard input ends the connection.
  static TlsProgram client(TestPki pki, String certificate, Path socket) throws IOException {
    // -nocommands, because a "Q" in the plaintext would end it; -nbio, because it must go on
    // receiving while it cannot send: s_server does not.
    return start(
        pki,
        "s_client",
        certificate,
        List.of("-verify", "1"),
        socket,
        "-no_ign_eof",
        "-nocommands",
        "-nbio");
  }

  private static TlsProgram start(
      TestPki pki,
      String program,
      String certificate,
      List<String> verify,
      Path socket,
      String... rest)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("openssl", program, "-quiet", "-tls1_3"));
    command.addAll(List.of("-cert", certificate + ".pem", "-key", certificate + ".key"));
    command.addAll(List.of("-CAfile", "ca.pem", "-verify_return_error"));
    command.addAll(verify);
    // Relative, because openssl has a limit of 31 characters.
    command.addAll(List.of("-unix", socket.getFileName().toString()));
    command.addAll(List.of(rest));
    Path messages = Files.createTempFile(pki.directory(), program, ".log");
    Process process =
        new ProcessBuilder(command)
            .directory(pki.directory().toFile())
            .redirectError(messages.toFile())
            .start();
    return new TlsProgram(process, messages);
  }

  /// Takes what is sent.
  OutputStream plaintextOut() {
    return process.getOutputStream();
  }

  /// Gives what is received.
  InputStream plaintextIn() {
    return process.getInputStream();
  }

  void send(byte[] plaintext) throws IOException {
    plaintextOut().write(plaintext);
    plaintextOut().flush();
  }

  /// The next `length` bytes of plaintext.
  byte[] receive(int length) throws IOException {
    byte[] plaintext = plaintextIn().readNBytes(length);
    if (plaintext.length < length) {
      throw new EOFException(messages());
    }
    return plaintext;
  }

  /// What it said about the handshake and the certificates.
  String messages() throws IOException {
    return Files.readString(messages);
  }

  /// Waits for it to end by itself.
  ///
  /// @return its exit code
  int await() throws InterruptedException, IOException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new IllegalStateException("openssl did not end. It said:\n" + messages());
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }
}
