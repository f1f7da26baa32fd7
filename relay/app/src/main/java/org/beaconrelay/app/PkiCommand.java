package org.beaconrelay.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.beaconrelay.app.NewFiles.NewFile;
import org.beaconrelay.endpoint.pki.CertificateAuthority;
import org.beaconrelay.endpoint.pki.KeyedCertificate;
import org.beaconrelay.endpoint.pki.PkiException;
import org.beaconrelay.protocol.InfoHash;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/// `beacon pki`: all certificates that a bridge and a broker need, for trying things out.
final class PkiCommand implements Command {
  private static final String OUT = "--out";
  private static final String DAYS = "--days";

  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("pki");
    spec.addOption(option(OUT, "DIR", "Where to put them; it must exist. [this directory]"));
    spec.addOption(
        option(
            DAYS,
            "N",
            "How long the certificates of bridge and broker are valid; the CA is valid for %d days. [%d]"
                .formatted(
                    CertificateAuthority.LIFETIME.toDays(),
                    CertificateAuthority.LEAF_LIFETIME.toDays())));
    spec.usageMessage()
        .header("Makes a bridge CA, a bridge certificate and a broker certificate.")
        .description("They are for trying things out. No file is overwritten.")
        .footerHeading("%nExamples%n")
        .footer("  beacon pki", "  beacon pki --out /etc/beacon --days 30");
    CommandLines.addExitCodes(
        spec, "0", "made", "64", "the command line is wrong", "1", "nothing was made");
    return spec;
  }

  private static OptionSpec option(String name, String label, String description) {
    return OptionSpec.builder(name)
        .type(String.class)
        .paramLabel(label)
        .description(description)
        .build();
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    String out = arguments.matchedOptionValue(OUT, ".");
    String days = arguments.matchedOptionValue(DAYS, "");
    Duration lifetime;
    try {
      lifetime = days.isEmpty() ? CertificateAuthority.LEAF_LIFETIME : parseDays(days);
    } catch (BadValueException e) {
      terminal.complain("%s %s: %s".formatted(DAYS, Quoted.of(days), e.advice()));
      return ExitCode.USAGE;
    }
    try {
      return make(Path.of(out), lifetime, terminal);
    } catch (IOException e) {
      terminal.complain("%s: nothing was made: %s".formatted(out, IoProblems.text(e)));
    } catch (InvalidPathException e) {
      terminal.complain("%s: %s".formatted(Quoted.of(out), e.getReason()));
    } catch (PkiException e) {
      terminal.complain(e.problem());
    }
    return ExitCode.FAILURE;
  }

  private static Duration parseDays(String days) throws BadValueException {
    long most = CertificateAuthority.LIFETIME.toDays();
    if (!days.matches("[0-9]{1,6}") || Long.parseLong(days) < 1 || Long.parseLong(days) > most) {
      throw new BadValueException("is not a number of days from 1 to " + most);
    }
    return Duration.ofDays(Long.parseLong(days));
  }

  private static int make(Path directory, Duration lifetime, Terminal terminal)
      throws IOException, PkiException {
    if (!Files.isDirectory(directory)) {
      terminal.complain(
          "%s: no such directory; make one that only you can read: mkdir -m 700 %1$s"
              .formatted(directory));
      return ExitCode.FAILURE;
    }
    CertificateAuthority authority =
        CertificateAuthority.create("Beacon bridge CA", InstantSource.system());
    KeyedCertificate ca = authority.own();
    KeyedCertificate bridge = authority.issueBridge("bridge", lifetime);
    KeyedCertificate broker = authority.issueBroker("broker", lifetime);
    List<NewFile> files =
        List.of(
            new NewFile("bridge-ca.pem", ca.certificatePem(), false),
            new NewFile("bridge-ca.key", ca.keyPem(), true),
            new NewFile("bridge.pem", bridge.certificatePem(), false),
            new NewFile("bridge.key", bridge.keyPem(), true),
            new NewFile("broker.pem", broker.certificatePem(), false),
            new NewFile("broker.key", broker.keyPem(), true));
    List<String> existing = NewFiles.existing(directory, files);
    if (!existing.isEmpty()) {
      terminal.complain(
          "%s: has %s already, and nothing is overwritten; take another directory with %s"
              .formatted(directory, String.join(", ", existing), OUT));
      return ExitCode.FAILURE;
    }
    NewFiles.write(directory, files);
    report(ca, bridge, terminal);
    return ExitCode.OK;
  }

  private static void report(KeyedCertificate ca, KeyedCertificate bridge, Terminal terminal) {
    terminal
        .out()
        .print(
            """
            bridge-ca.pem  the bridge CA: both bridge and broker need it
            bridge-ca.key  its key, to issue more with: neither of them needs it, keep it apart
            bridge.pem     the bridge's certificate, valid until %1$s
            bridge.key     the bridge's key
            broker.pem     the broker's certificate, valid until %1$s
            broker.key     the broker's key
            info_hash      %2$s

            Next: beacon relay, then
              beacon bridge  with bridge-ca.pem, bridge.pem and bridge.key
              beacon broker  with bridge-ca.pem, broker.pem and broker.key
            """
                .formatted(bridge.certificate().getNotAfter().toInstant(), infoHash(ca).toHex()));
  }

  private static InfoHash infoHash(KeyedCertificate ca) {
    try {
      return InfoHash.of(ca.certificate());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate without a DER form", e);
    }
  }
}
