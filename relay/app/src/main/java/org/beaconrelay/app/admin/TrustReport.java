package org.beaconrelay.app.admin;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.beaconrelay.app.log.LinkField;
import org.beaconrelay.app.log.LogSettings;
import org.beaconrelay.app.log.Privacy;
import org.beaconrelay.server.Addresses;
import org.beaconrelay.server.DataPath;
import org.beaconrelay.server.Relay;

/// `/explain`: the tables of the trust model for this very relay as it is configured, in Markdown:
/// for a data-protection impact assessment.
///
/// **Thread:** any.
final class TrustReport {
  private static final String MEMORY = "while a link is open, in memory";

  private final Relay relay;
  private final RelayFacts facts;

  TrustReport(Relay relay, RelayFacts facts) {
    this.relay = relay;
    this.facts = facts;
  }

  Response answer() {
    return Response.ready(200, "text/markdown; charset=utf-8", text());
  }

  String text() {
    List<String> lines = new ArrayList<>();
    lines.add("# What this relay sees, keeps and could disclose");
    lines.add("");
    lines.add(
        "Beacon Relay %s, commit %s, as it is configured now."
            .formatted(facts.version(), facts.commit()));
    addVisible(lines);
    addHidden(lines);
    addTrustRoots(lines);
    addAssessment(lines);
    return String.join("\n", lines);
  }

  // ---- what is visible

  private void addVisible(List<String> lines) {
    addHeading(lines, "Visible to whoever runs this relay: the complete list");
    addRow(lines, "data", "why it is visible", "kept", "logged now", "fields");
    addRow(lines, "---", "---", "---", "---", "---");
    for (VisibleData data : VisibleData.values()) {
      addRow(lines, data.text(), data.why(), kept(data), logged(data), fields(data));
    }
    lines.add("");
    lines.add(logText());
    lines.add("Counts and totals without addresses or hashes are metrics of the process.");
  }

  /// Whether some data is kept, in words.
  static String kept(VisibleData data) {
    return data.isHeld() ? MEMORY : "no";
  }

  /// Whether some data is logged as things are configured, in words.
  String logged(VisibleData data) {
    if (!data.isHeld()) {
      return "never";
    }
    if (facts.log().isOff()) {
      return "no";
    }
    LogSettings settings = facts.log().settings();
    return switch (data) {
      case ADDRESSES -> privacy(settings.address(), "the network (IPv4 /24, IPv6 /48) alone");
      case INFO_HASH -> privacy(settings.hash(), "the role, and the first 8 hex digits");
      case TIMES, BYTES, KEEPALIVE, HANDSHAKE -> "yes";
    };
  }

  private static String privacy(Privacy privacy, String truncated) {
    return switch (privacy) {
      case FULL -> "yes, in full";
      case TRUNCATED -> truncated;
      case PSEUDONYM -> "as a pseudonym that is another one every day";
      case NONE -> "no";
    };
  }

  private static String fields(VisibleData data) {
    return data.fields().stream()
        .map(LinkField::key)
        .map(key -> "`" + key + "`")
        .collect(Collectors.joining(" "));
  }

  /// What is logged of links, where, and for how long, in words.
  String logText() {
    if (facts.log().isOff()) {
      return "Nothing is logged of links: there is no connection log, and nothing else writes any"
          + " of this anywhere.";
    }
    String begin =
        "One line for each link that has ended is written to `%s`"
            .formatted(facts.log().destination());
    if (!facts.log().isRetained()) {
      return begin + ", where it is up to whoever reads it how long it is kept.";
    }
    return facts.log().settings().retention().isForEver()
        ? begin + ", and kept for ever: until somebody removes it."
        : begin + ", and removed before it is older than %s.".formatted(facts.log().retention());
  }

  // ---- what is not

  private void addHidden(List<String> lines) {
    addHeading(lines, "Never visible");
    addRow(lines, "data", "in memory", "logged", "disclosable");
    addRow(lines, "---", "---", "---", "---");
    for (HiddenData data : HiddenData.values()) {
      addRow(lines, data.text(), "never", "never", "no: this relay has nothing of it");
    }
    lines.add("");
    lines.add(
        "The mutual TLS ends at bridge and broker, which accept certificates of the bridge CA only."
            + " This relay holds one private key at most: that of its own listener.");
    lines.add(dataPath());
  }

  private String dataPath() {
    if (facts.settings().engine().dataPath() == DataPath.COPY) {
      return "With `data-path copy`, which is in effect, the ciphertext passes through the memory"
          + " of this process; it is never kept there.";
    }
    if (facts.settings().listen().tunnel()) {
      return "Ciphertext stays in the kernel, but for pairs with an endpoint that keeps its outer"
          + " TLS on (`tunnel on`, which is in effect): theirs passes through the memory of"
          + " this process, and is never kept there.";
    }
    return "Ciphertext stays in the kernel: not a byte of it is ever in the memory of this"
        + " process.";
  }

  // ---- what can be checked

  private void addTrustRoots(List<String> lines) {
    String sha256 = facts.certificateSha256().get();
    String listener =
        relay.addresses().stream().map(Addresses::format).findFirst().orElse("HOST:PORT");
    addHeading(lines, "Trust roots");
    addRow(lines, "root", "SHA-256", "how to obtain it");
    addRow(lines, "---", "---", "---");
    addRow(
        lines,
        "bridge CA",
        "the info_hash: no relay has it beforehand",
        "`beacon info-hash bridge-ca.pem`");
    addRow(
        lines,
        "broker certificate",
        "issued by the bridge CA, which is checked end to end",
        "`openssl x509 -noout -fingerprint -sha256 -in broker.pem`");
    addRow(
        lines,
        "relay listener certificate (%s)".formatted(facts.tls()),
        sha256 == null ? "none: links are plain TCP" : "`" + sha256 + "`",
        sha256 == null
            ? "-"
            : "`openssl s_client -connect %s </dev/null 2>/dev/null \\| openssl x509 -noout"
                    .formatted(listener)
                + " -fingerprint -sha256`");
    addRow(lines, "relay binary", "`" + facts.buildSha256().get() + "`", "`beacon version`");
    addRow(
        lines,
        "container image",
        "its digest: a process does not know it",
        "as the container runtime reports it");
  }

  private static void addAssessment(List<String> lines) {
    addHeading(lines, "For a data-protection impact assessment");
    addRow(lines, "question", "answer");
    addRow(lines, "---", "---");
    addRow(lines, "controller", "your organisation, which runs this relay");
    addRow(lines, "processor", "none");
    addRow(lines, "personal data disclosed to third parties", "none");
    addRow(lines, "retention", "yours: see above");
    addRow(lines, "cross-border transfer", "none by this relay: it dials nobody");
    addRow(
        lines,
        "what it could be compelled to produce",
        "the first four rows of the first table, of links that are open, and what its log still"
            + " has, or has yet to write");
    lines.add("");
  }

  private static void addHeading(List<String> lines, String heading) {
    lines.addAll(Arrays.asList("", "## " + heading, ""));
  }

  private static void addRow(List<String> lines, String... cells) {
    lines.add("| " + String.join(" | ", cells) + " |");
  }
}
