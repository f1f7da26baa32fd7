package org.beaconrelay.endpoint.pki;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// One part of a PEM file, from `-----BEGIN …` to `-----END …` (RFC 7468); with the header lines of
/// RFC 1421 that OpenSSL's traditional keys may have.
///
/// @param label what it says that it is
/// @param body what stands between the two lines
record PemBlock(String label, String body) {
  static final String CERTIFICATE = "CERTIFICATE";

  private static final Pattern BEGIN = Pattern.compile("-----BEGIN ([A-Z0-9 ]{1,64})-----");
  private static final Base64.Encoder LINES =
      Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

  /// All that a file has.
  ///
  /// @return none if it is no PEM file
  /// @throws PkiException if one has no end
  static List<PemBlock> all(byte[] file) throws PkiException {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    List<PemBlock> blocks = new ArrayList<>();
    Matcher begin = BEGIN.matcher(text);
    int from = 0;
    while (begin.find(from)) {
      String label = begin.group(1);
      String end = "-----END " + label + "-----";
      int bodyEnd = text.indexOf(end, begin.end());
      if (bodyEnd < 0) {
        throw new PkiException("is PEM, but cut off or damaged: it has no line " + end);
      }
      blocks.add(new PemBlock(label, text.substring(begin.end(), bodyEnd)));
      from = bodyEnd + end.length();
    }
    return blocks;
  }

  /// What a file has, as a person would list it.
  static String labels(List<PemBlock> blocks) {
    return blocks.stream().map(PemBlock::label).distinct().collect(Collectors.joining(", "));
  }

  static String text(String label, byte[] der) {
    return "-----BEGIN %s-----\n%s\n-----END %1$s-----\n"
        .formatted(label, LINES.encodeToString(der));
  }

  /// Whether it takes a password to read it.
  boolean isEncrypted() {
    return label.startsWith("ENCRYPTED ")
        || body.lines().anyMatch(line -> line.matches("Proc-Type:.*ENCRYPTED.*"));
  }

  /// What is encoded in it.
  ///
  /// @throws PkiException if it is no Base64; the message does not say what it is instead
  byte[] der() throws PkiException {
    String base64 = body.lines().filter(line -> !line.contains(":")).collect(Collectors.joining());
    try {
      return Base64.getDecoder().decode(base64.replaceAll("\\s", ""));
    } catch (IllegalArgumentException e) {
      throw new PkiException("is PEM, but damaged: its %s is no Base64".formatted(label));
    }
  }

  /// Hides the body: it may be a key.
  @Override
  public String toString() {
    return "PemBlock[" + label + "]";
  }
}
