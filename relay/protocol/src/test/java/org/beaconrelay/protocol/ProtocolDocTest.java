package org.beaconrelay.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/// Holds the code against docs/protocol.md: what stands there is what strangers build from.
class ProtocolDocTest {
  private static final InfoHash HASH =
      InfoHash.ofHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

  private final MarkdownPage page;

  ProtocolDocTest() throws IOException {
    page = MarkdownPage.of("docs/protocol.md");
  }

  @Test
  void announceFieldsStandWhereThePageSays() {
    assertThat(fields(announceTable()))
        .containsExactly(
            new Field("magic", 0, 4),
            new Field("type", Announce.TYPE_OFFSET, 1),
            new Field("role", Announce.ROLE_OFFSET, 1),
            new Field("flags", Announce.FLAGS_OFFSET, 2),
            new Field("info_hash", Announce.INFO_HASH_OFFSET, InfoHash.LENGTH),
            new Field("wait_ms", Announce.WAIT_MS_OFFSET, 4),
            new Field("reserved", Announce.RESERVED_OFFSET, 4));
    assertThat(end(fields(announceTable()))).isEqualTo(Announce.LENGTH);
  }

  @Test
  void announceFieldsHaveTheValuesOfThePage() {
    Map<String, String> values = new HashMap<>();
    announceTable().forEach(row -> values.put(row.get("field"), row.get("value")));

    assertThat(values.get("magic")).isEqualTo("42 43 4E 31 (\"BCN1\")");
    assertThat(FrameLayout.MAGIC).isEqualTo(0x42434E31);
    assertThat(values.get("type")).isEqualTo("" + Announce.TYPE);
    assertThat(values.get("reserved")).isEqualTo("0");
    Map<String, Integer> roles = new HashMap<>();
    Matcher role = Pattern.compile("(\\d+) (\\w+)").matcher(values.get("role"));
    while (role.find()) {
      roles.put(role.group(2).toUpperCase(Locale.ROOT), Integer.valueOf(role.group(1)));
    }
    assertThat(roles)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("BRIDGE", Role.BRIDGE.code(), "BROKER", Role.BROKER.code()));
  }

  @Test
  void flagsAreTheBitsOfThePage() {
    Map<String, Integer> flags = new LinkedHashMap<>();
    page.table("bit of flags", "name", "meaning")
        .forEach(row -> flags.put(row.get("name"), 1 << number(row, "bit of flags")));

    assertThat(flags)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "EXACT", Announce.EXACT,
                "TUNNEL", Announce.TUNNEL,
                "PROOF", Announce.PROOF));
  }

  @Test
  void flagsAreJudgedByTheKindOfLinkAsThePageSays() {
    byte[] bytes = Announce.of(Role.BROKER, HASH).toBytes();
    int offset = Announce.FLAGS_OFFSET + 1;
    Map<String, BitSet> right = new HashMap<>();
    page.table("link", "right values of byte 7")
        .forEach(row -> right.put(cell(row, "link"), set(cell(row, "right values of byte 7"), 16)));

    for (boolean outerTls : new boolean[] {false, true}) {
      BitSet taken = new BitSet();
      for (int value = 0; value < 256; value++) {
        bytes[offset] = (byte) value;
        boolean incomplete =
            AnnounceCheck.of(bytes, offset + 1, outerTls) instanceof AnnounceCheck.Incomplete;
        taken.set(value, incomplete);
      }
      assertThat(taken).isEqualTo(right.get(outerTls ? "outer TLS" : "plain TCP"));
    }
  }

  /// Each of the 48 x 256 cases, on a plain link.
  @Test
  void everyByteIsJudgedAsThePageSays() {
    List<Map<String, String>> rules = page.table("byte", "right", "wrong", "answer");
    byte[] good = Announce.of(Role.BROKER, HASH).toBytes();
    for (int offset = 0; offset < Announce.LENGTH; offset++) {
      for (int value = 0; value < 256; value++) {
        byte[] bytes = good.clone();
        bytes[offset] = (byte) value;
        String answer =
            switch (AnnounceCheck.of(bytes, offset + 1, false)) {
              case AnnounceCheck.Refused(RejectReason reason) -> reason.name();
              case AnnounceCheck.Incomplete(), AnnounceCheck.Complete(_) -> "";
            };
        assertThat(answer)
            .as("byte %d = %02X", offset, value)
            .isEqualTo(answerOnThePage(rules, offset, value));
      }
    }
  }

  private static String answerOnThePage(List<Map<String, String>> rules, int offset, int value) {
    for (Map<String, String> rule : rules) {
      if (set(cell(rule, "byte"), 10).get(offset)) {
        if (set(cell(rule, "right"), 16).get(value)) {
          return "";
        }
        if (cell(rule, "wrong").equals("any other") || set(cell(rule, "wrong"), 16).get(value)) {
          return cell(rule, "answer");
        }
      }
    }
    throw new AssertionError("the page says nothing of byte " + offset + " = " + value);
  }

  /// The numbers of "1", "1, 4", "2 to 7", "1, 4 to 7" or "none".
  private static BitSet set(String text, int radix) {
    BitSet set = new BitSet();
    if (!text.equals("none")) {
      for (String part : text.split(", ", -1)) {
        String[] range = part.split(" to ", -1);
        set.set(
            Integer.parseInt(range[0], radix),
            Integer.parseInt(range[range.length - 1], radix) + 1);
      }
    }
    return set;
  }

  @Test
  void frameFieldsStandWhereThePageSays() {
    assertThat(fields(frameTable()))
        .containsExactly(
            new Field("magic", 0, 4),
            new Field("type", FrameLayout.TYPE_OFFSET, 1),
            new Field("code", FrameLayout.CODE_OFFSET, 1),
            new Field("retry_after_s", FrameLayout.RETRY_AFTER_OFFSET, 2),
            new Field("pair_id", FrameLayout.PAIR_ID_OFFSET, 8));
    assertThat(end(fields(frameTable()))).isEqualTo(Frame.LENGTH);
  }

  @Test
  void framesHaveTheValuesOfThePage() {
    Map<String, Frame> frames =
        Map.of(
            "WAITING", new Frame.Waiting(),
            "PAIRED", new Frame.Paired(0x1122334455667788L),
            "REJECTED", new Frame.Rejected(RejectReason.RELAY_FULL, 0x99AA),
            "CHALLENGE", new Frame.Challenge());
    Map<String, String> variable =
        Map.of("random", "1122334455667788", "reason", "08", "seconds", "99AA");
    frames.forEach(
        (name, frame) -> {
          StringBuilder expected = new StringBuilder();
          for (Map<String, String> row : frameTable()) {
            String value = cell(row, name);
            String hex = variable.getOrDefault(value, value.replace(" ", ""));
            expected.append("0".repeat(2 * number(row, "size") - hex.length())).append(hex);
          }
          assertThat(HexFormat.of().withUpperCase().formatHex(frame.toBytes()))
              .as(name)
              .isEqualTo(expected.toString());
        });
  }

  @Test
  void rejectCodesAreThoseOfThePage() {
    List<String> onThePage = new ArrayList<>();
    for (Map<String, String> row : page.table("code", "name", "why", "retry", "retry_after_s")) {
      onThePage.add(
          String.join(
              " ",
              cell(row, "code"),
              cell(row, "name"),
              cell(row, "retry"),
              cell(row, "retry_after_s")));
    }

    assertThat(onThePage)
        .containsExactlyElementsOf(
            Arrays.stream(RejectReason.values())
                .map(
                    reason ->
                        String.join(
                            " ",
                            "" + reason.code(),
                            reason.name(),
                            reason.retryAfterS() > 0 ? "yes" : "no",
                            "" + reason.retryAfterS()))
                .toList());
  }

  @Test
  void proofFieldsStandWhereThePageSays() {
    List<Map<String, String>> table = page.table("offset", "size", "field of PROOF", "value");

    assertThat(table.stream().map(row -> row.get("field of PROOF") + " " + row.get("offset")))
        .containsExactly(
            "magic 0",
            "type " + Proof.TYPE_OFFSET,
            "zero " + Proof.ZERO_OFFSET,
            "ca_len " + Proof.CA_LENGTH_OFFSET,
            "leaf_len " + Proof.LEAF_LENGTH_OFFSET,
            "sig_len " + Proof.SIGNATURE_LENGTH_OFFSET,
            "reserved " + Proof.RESERVED_OFFSET);
    int end = 0;
    for (Map<String, String> row : table) {
      assertThat(number(row, "offset")).isEqualTo(end);
      end += number(row, "size");
    }
    assertThat(end).isEqualTo(Proof.HEADER_LENGTH);
    assertThat(cell(table.get(1), "value")).isEqualTo("" + Proof.TYPE);
    assertThat(Proof.MAX_LENGTH).isEqualTo(16384);
  }

  /// From the announce to the signature.
  @Test
  void aProofIsTheExampleOfThePage() throws Exception {
    byte[] challenge = example("challenge");
    byte[] nonce = Arrays.copyOfRange(challenge, Frame.LENGTH, challenge.length);
    assertThat(nonce).hasSize(Proof.NONCE_LENGTH);
    assertThat(Frame.parse(challenge)).isEqualTo(new Frame.Challenge());
    byte[] bytes = example("proof");
    if (!(ProofCheck.of(bytes, bytes.length) instanceof ProofCheck.Complete(Proof proof))) {
      throw new AssertionError("no whole proof");
    }
    InfoHash infoHash = InfoHash.ofDer(proof.ca());
    byte[] announce = example("proof-announce");
    assertThat(new Announce(Role.BROKER, false, false, true, infoHash, 0).toBytes())
        .isEqualTo(announce);
    byte[] signed = Proof.signedBytes(Role.BROKER, infoHash, nonce, new byte[0]);
    assertThat(signed).isEqualTo(example("proof-signed"));
    assertThat(sign(signed)).isEqualTo(proof.signature());
    assertThat(new Proof(proof.ca(), proof.leaf(), sign(signed)).toBytes()).isEqualTo(bytes);
    assertThat(verifies(proof.leaf(), signed, proof.signature())).isTrue();

    byte[] exporter = example("proof-exporter");
    assertThat(exporter).hasSize(Proof.EXPORTER_LENGTH);
    byte[] signedInTls = Proof.signedBytes(Role.BROKER, infoHash, nonce, exporter);
    assertThat(sign(signedInTls)).isEqualTo(example("proof-signature-in-tls"));
    assertThat(verifies(proof.leaf(), signedInTls, sign(signedInTls))).isTrue();
    assertThat(verifies(proof.leaf(), signedInTls, proof.signature())).isFalse();
  }

  private static boolean verifies(byte[] leaf, byte[] message, byte[] signature) throws Exception {
    PublicKey key =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(leaf))
            .getPublicKey();
    ProofAlgorithm algorithm = Objects.requireNonNull(ProofAlgorithm.of(key));
    Signature verifier = algorithm.newSignature();
    verifier.initVerify(key);
    verifier.update(message);
    return verifier.verify(signature);
  }

  /// With the private key that the page tells.
  private static byte[] sign(byte[] message) throws Exception {
    byte[] key = new byte[32];
    for (int i = 0; i < key.length; i++) {
      key[i] = (byte) (0x40 + i);
    }
    Signature signature = ProofAlgorithm.ED25519.newSignature();
    signature.initSign(
        KeyFactory.getInstance("Ed25519")
            .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, key)));
    signature.update(message);
    return signature.sign();
  }

  @Test
  void noExampleOfThePageGoesUnchecked() {
    List<String> checked = new ArrayList<>();
    checked.addAll(announces().keySet());
    checked.addAll(frames().keySet());
    checked.addAll(refusals().keySet());
    checked.addAll(
        List.of(
            "proof-announce",
            "challenge",
            "proof-signed",
            "proof",
            "proof-exporter",
            "proof-signature-in-tls"));

    assertThat(page.blocks("hex").keySet()).containsExactlyInAnyOrderElementsOf(checked);
  }

  @TestFactory
  Stream<DynamicTest> announcesAreTheExamplesOfThePage() {
    return announces().entrySet().stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.getKey(),
                    () -> {
                      byte[] bytes = example(example.getKey());
                      Announce announce = example.getValue();
                      assertThat(announce.toBytes()).isEqualTo(bytes);
                      assertThat(AnnounceCheck.of(bytes, bytes.length, announce.tunnel()))
                          .isEqualTo(new AnnounceCheck.Complete(announce));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> framesAreTheExamplesOfThePage() {
    return frames().entrySet().stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.getKey(),
                    () -> {
                      byte[] bytes = example(example.getKey());
                      assertThat(example.getValue().toBytes()).isEqualTo(bytes);
                      assertThat(Frame.parse(bytes)).isEqualTo(example.getValue());
                    }));
  }

  @TestFactory
  Stream<DynamicTest> whatIsNoAnnounceIsRefusedAtTheLastByteOfTheExample() {
    return refusals().entrySet().stream()
        .map(
            example ->
                DynamicTest.dynamicTest(
                    example.getKey(),
                    () -> {
                      byte[] bytes = example(example.getKey());
                      assertThat(AnnounceCheck.of(bytes, bytes.length - 1, false))
                          .isEqualTo(new AnnounceCheck.Incomplete());
                      assertThat(AnnounceCheck.of(bytes, bytes.length, false))
                          .isEqualTo(new AnnounceCheck.Refused(example.getValue()));
                    }));
  }

  private static Map<String, Announce> announces() {
    return Map.of(
        "broker-announce",
        Announce.of(Role.BROKER, HASH),
        "tunnel-announce",
        new Announce(Role.BROKER, false, true, false, HASH, 0),
        "bridge-announce",
        new Announce(Role.BRIDGE, false, false, false, HASH, 30_000));
  }

  private static Map<String, Frame> frames() {
    return Map.of(
        "waiting", new Frame.Waiting(),
        "paired", new Frame.Paired(0xC0FFEE0123456789L),
        "rejected-relay-full", new Frame.Rejected(RejectReason.RELAY_FULL),
        "rejected-draining", new Frame.Rejected(RejectReason.DRAINING),
        "rejected-malformed", new Frame.Rejected(RejectReason.MALFORMED),
        "rejected-unsupported-version", new Frame.Rejected(RejectReason.UNSUPPORTED_VERSION));
  }

  private static Map<String, RejectReason> refusals() {
    return Map.of(
        "http-request", RejectReason.MALFORMED,
        "version-2-announce", RejectReason.UNSUPPORTED_VERSION);
  }

  private byte[] example(String name) {
    String text = cell(page.blocks("hex"), name);
    return HexFormat.of().parseHex(text.replaceAll("#.*", "").replaceAll("\\s", ""));
  }

  private List<Map<String, String>> announceTable() {
    return page.table("offset", "size", "field", "value");
  }

  private List<Map<String, String>> frameTable() {
    return page.table("offset", "size", "field", "WAITING", "PAIRED", "REJECTED", "CHALLENGE");
  }

  private record Field(String name, int offset, int size) {}

  private static List<Field> fields(List<Map<String, String>> table) {
    return table.stream()
        .map(row -> new Field(cell(row, "field"), number(row, "offset"), number(row, "size")))
        .toList();
  }

  private static int end(List<Field> fields) {
    int end = 0;
    for (Field field : fields) {
      assertThat(field.offset()).as(field.name()).isEqualTo(end);
      end += field.size();
    }
    return end;
  }

  private static int number(Map<String, String> row, String column) {
    return Integer.parseInt(cell(row, column));
  }

  private static String cell(Map<String, String> row, String column) {
    return Objects.requireNonNull(row.get(column), () -> "the page has no " + column);
  }
}
