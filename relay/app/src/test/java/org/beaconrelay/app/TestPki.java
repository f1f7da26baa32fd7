package org.beaconrelay.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.protocol.InfoHash;

/// A bridge CA and certificates of it, made by the openssl program as the files `NAME.pem` and
/// `NAME.key` of a directory.
record TestPki(Path directory) {
  private static final List<String> NEW_KEY =
      List.of("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-noenc");

  /// Makes the CA, `ca.pem`.
  static TestPki create(Path directory) throws IOException, InterruptedException {
    TestPki pki = new TestPki(directory);
    pki.request("ca", "-x509", "-days", "2", "-out", "ca.pem");
    return pki;
  }

  /// Makes a certificate that the CA has issued.
  TestPki issue(String name) throws IOException, InterruptedException {
    request(name, "-out", name + ".csr");
    openssl(
        List.of("x509", "-req", "-in", name + ".csr", "-CA", "ca.pem", "-CAkey", "ca.key"),
        List.of("-CAcreateserial", "-days", "2", "-out", name + ".pem"));
    return this;
  }

  /// Where bridge and brokers of this CA meet.
  InfoHash infoHash() throws IOException, CertificateException {
    try (InputStream file = Files.newInputStream(directory.resolve("ca.pem"))) {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      return InfoHash.of((X509Certificate) factory.generateCertificate(file));
    }
  }

  private void request(String name, String... rest) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("req"));
    arguments.addAll(NEW_KEY);
    openssl(arguments, List.of("-keyout", name + ".key", "-subj", "/CN=" + name), List.of(rest));
  }

  @SafeVarargs
  private void openssl(List<String>... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("openssl"));
    for (List<String> part : arguments) {
      command.addAll(part);
    }
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
  }
}
