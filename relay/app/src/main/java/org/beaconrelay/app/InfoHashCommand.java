package org.beaconrelay.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import org.beaconrelay.endpoint.pki.CertificateFile;
import org.beaconrelay.endpoint.pki.PkiException;
import org.beaconrelay.protocol.InfoHash;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParseResult;

/// `beacon info-hash FILE`: where bridge and broker of this bridge CA meet.
final class InfoHashCommand implements Command {
  private static final String STANDARD_INPUT = "-";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("info-hash");
    spec.addPositional(
        PositionalParamSpec.builder()
            .index("0")
            .arity("1")
            .required(true)
            .type(String.class)
            .paramLabel("FILE")
            .description("Bridge CA certificate, PEM or DER; - is standard input.")
            .build());
    spec.usageMessage()
        .header("Prints the info_hash of a bridge CA certificate.")
        .description("The info_hash is its SHA-256: 64 lower-case hex digits.")
        .footerHeading("%nExamples%n")
        .footer(
            "  beacon info-hash bridge-ca.pem",
            "  kubectl get secret bridge-ca -o jsonpath='{.data.ca\\.crt}' |",
            "    base64 -d | beacon info-hash -");
    CommandLines.addExitCodes(
        spec, "0", "printed", "64", "the command line is wrong", "1", "no certificate to be had");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    String file = arguments.matchedPositionalValue(0, "");
    String name = file.equals(STANDARD_INPUT) ? "standard input" : file;
    try {
      X509Certificate certificate = CertificateFile.parse(read(file, terminal));
      if (certificate.getBasicConstraints() < 0) {
        terminal.warn(
            name
                + ": not a CA certificate (no CA:TRUE in it); an info_hash is that of the CA that"
                + " issued the bridge's certificate");
      }
      terminal.out().println(InfoHash.of(certificate).toHex());
      return ExitCode.OK;
    } catch (IOException e) {
      terminal.complain(name + ": " + IoProblems.text(e));
    } catch (InvalidPathException | CertificateEncodingException e) {
      terminal.complain(Quoted.of(name) + ": " + e.getMessage());
    } catch (PkiException e) {
      terminal.complain(name + ": " + e.problem());
    }
    return ExitCode.FAILURE;
  }

  private static byte[] read(String file, Terminal terminal) throws IOException {
    if (file.equals(STANDARD_INPUT)) {
      return terminal.in().readNBytes(CertificateFile.MAX_BYTES + 1);
    }
    try (InputStream in = Files.newInputStream(Path.of(file))) {
      return in.readNBytes(CertificateFile.MAX_BYTES + 1);
    }
  }
}
