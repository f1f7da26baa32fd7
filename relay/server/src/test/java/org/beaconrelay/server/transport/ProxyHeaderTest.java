package org.beaconrelay.server.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.beaconrelay.server.linux.PackedAddress;
import org.beaconrelay.testing.Seeded;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(Seeded.class)
final class ProxyHeaderTest {
  private static final String SIGNATURE = "0D0A0D0A000D0A515549540A";
  private static final String IPV4_ADDRESSES = "C0000201C633640A04D201BB";
  private static final String IPV6_ADDRESSES =
      "20010DB8000000000000000000000001" + "20010DB8000000000000000000000002" + "04D201BB";
  private static final byte[] BEHIND = "BCN1".getBytes(US_ASCII);

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static byte[] text(String line) {
    return (line + "\r\n").getBytes(US_ASCII);
  }

  private static byte[] join(byte[] one, byte[] other) {
    byte[] joined = Arrays.copyOf(one, one.length + other.length);
    System.arraycopy(other, 0, joined, one.length, other.length);
    return joined;
  }

  private static ProxyHeader of(byte[] bytes) {
    return ProxyHeader.of(bytes, bytes.length);
  }

  private static ProxyHeader complete(int length, String source, String destination) {
    return new ProxyHeader.Complete(length, packed(source, 1234), packed(destination, 443));
  }

  private static PackedAddress packed(String host, int port) {
    return PackedAddress.of(InetAddress.ofLiteral(host), port);
  }

  static List<byte[]> headers() {
    return List.of(
        text("PROXY TCP4 192.0.2.1 198.51.100.10 1234 443"),
        text("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535"),
        text("PROXY TCP6 2001:db8::1 2001:db8::2 1234 443"),
        text("PROXY UNKNOWN"),
        text("PROXY UNKNOWN " + "f".repeat(91)), // the longest
        hex(SIGNATURE + "2111000C" + IPV4_ADDRESSES),
        hex(SIGNATURE + "21210024" + IPV6_ADDRESSES),
        hex(SIGNATURE + "20000000"),
        hex(SIGNATURE + "20110001" + "FF"),
        hex(SIGNATURE + "2111000F" + IPV4_ADDRESSES + "030000"),
        hex(SIGNATURE + "213100D8" + "AB".repeat(216)),
        hex(SIGNATURE + "210007F0" + "00".repeat(ProxyHeader.MAX_LENGTH - 16)));
  }

  @Test
  void readsText() {
    byte[] ipv4 = text("PROXY TCP4 192.0.2.1 198.51.100.10 1234 443");
    assertThat(of(ipv4)).isEqualTo(complete(ipv4.length, "192.0.2.1", "198.51.100.10"));
    byte[] ipv6 = text("PROXY TCP6 2001:db8::1 2001:db8::2 1234 443");
    assertThat(of(ipv6)).isEqualTo(complete(ipv6.length, "2001:db8::1", "2001:db8::2"));
  }

  @Test
  void readsBinary() {
    assertThat(of(hex(SIGNATURE + "2111000C" + IPV4_ADDRESSES)))
        .isEqualTo(complete(28, "192.0.2.1", "198.51.100.10"));
    assertThat(of(hex(SIGNATURE + "21210024" + IPV6_ADDRESSES)))
        .isEqualTo(complete(52, "2001:db8::1", "2001:db8::2"));
    assertThat(of(hex(SIGNATURE + "2111000F" + IPV4_ADDRESSES + "030000")))
        .as("with something besides")
        .isEqualTo(complete(31, "192.0.2.1", "198.51.100.10"));
  }

  @Test
  void takesAnIpv4AddressInIpv6FormForWhatItIs() {
    ProxyHeader header = of(text("PROXY TCP6 ::ffff:192.0.2.1 ::ffff:198.51.100.10 1234 443"));
    assertThat(((ProxyHeader.Complete) header).source()).isEqualTo(packed("192.0.2.1", 1234));
    ProxyHeader.Complete binary =
        (ProxyHeader.Complete)
            of(
                hex(
                    SIGNATURE
                        + "21210024"
                        + "00000000000000000000FFFFC0000201"
                        + "00000000000000000000FFFFC0000202"
                        + "04D201BB"));
    assertThat(Objects.requireNonNull(binary.source()).network())
        .isEqualTo(packed("192.0.2.1", 1).network());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "20000000", // LOCAL
        "2011000C" + IPV4_ADDRESSES, // LOCAL, whatever it says
        "21000000", // no family
        "2112000C" + IPV4_ADDRESSES, // datagrams
        "213100D8" // a socket of the proxy's host
      })
  void leavesTheAddressOfTheConnection(String behindSignature) {
    byte[] header = hex(SIGNATURE + behindSignature);
    byte[] whole = behindSignature.startsWith("2131") ? Arrays.copyOf(header, 16 + 216) : header;
    assertThat(of(whole)).isEqualTo(new ProxyHeader.Complete(whole.length, null, null));
  }

  @ParameterizedTest
  @ValueSource(strings = {"PROXY UNKNOWN", "PROXY UNKNOWN ffff::1 ffff::2 1 2", "PROXY UNKNOWN ?"})
  void leavesTheAddressOfTheConnectionOfUnknowns(String line) {
    assertThat(of(text(line))).isEqualTo(new ProxyHeader.Complete(line.length() + 2, null, null));
  }

  /// However it is cut.
  @ParameterizedTest
  @MethodSource("headers")
  void waitsForTheWholeAndTakesNothingThatIsBehind(byte[] header) {
    byte[] more = join(header, BEHIND);
    for (int length = 0; length < header.length; length++) {
      assertThat(ProxyHeader.of(more, length)).isEqualTo(new ProxyHeader.Incomplete());
    }
    for (int length = header.length; length <= more.length; length++) {
      assertThat(ProxyHeader.of(more, length))
          .isInstanceOfSatisfying(
              ProxyHeader.Complete.class,
              complete -> assertThat(complete.length()).isEqualTo(header.length));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PROXY",
        "PROXY ",
        "PROXY TCP4",
        "PROXY TCP4 192.0.2.1 198.51.100.10 1234",
        "PROXY TCP4 192.0.2.1 198.51.100.10 1234 443 ",
        "PROXY TCP4  192.0.2.1 198.51.100.10 1234 443",
        "PROXY TCP4 192.0.2.1 198.51.100.10 1234 65536",
        "PROXY TCP4 192.0.2.1 198.51.100.10 1234 0443",
        "PROXY TCP4 192.0.2.1 198.51.100.10 -1 443",
        "PROXY TCP4 192.0.2.256 198.51.100.10 1234 443",
        "PROXY TCP4 192.0.2.01 198.51.100.10 1234 443",
        "PROXY TCP4 192.0.2 198.51.100.10 1234 443",
        "PROXY TCP4 2001:db8::1 2001:db8::2 1234 443",
        "PROXY TCP6 192.0.2.1 198.51.100.10 1234 443",
        "PROXY TCP6 2001:db8:::1 2001:db8::2 1234 443",
        "PROXY TCP6 fe80::1%1 2001:db8::2 1234 443",
        "PROXY tcp4 192.0.2.1 198.51.100.10 1234 443",
        "PROXY UDP4 192.0.2.1 198.51.100.10 1234 443",
        "proxy TCP4 192.0.2.1 198.51.100.10 1234 443",
        "GET / HTTP/1.1"
      })
  void refusesOtherLines(String line) {
    assertThat(of(text(line))).isEqualTo(new ProxyHeader.Refused());
  }

  @Test
  void refusesALineWithoutAnEnd() {
    byte[] line = ("PROXY UNKNOWN " + "f".repeat(200)).getBytes(US_ASCII);
    assertThat(ProxyHeader.of(line, 106)).isEqualTo(new ProxyHeader.Incomplete());
    assertThat(ProxyHeader.of(line, 107)).isEqualTo(new ProxyHeader.Refused());
    line[106] = '\r';
    assertThat(ProxyHeader.of(line, 107)).isEqualTo(new ProxyHeader.Refused());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0D0A0D0A000D0A515549540B", // another signature
        "0D0A0D0B",
        SIGNATURE + "11", // version 1
        SIGNATURE + "31",
        SIGNATURE + "22", // neither LOCAL nor PROXY
        SIGNATURE + "2141", // an unknown family
        SIGNATURE + "2113", // an unknown type
        SIGNATURE + "2111000B", // too short for its addresses
        SIGNATURE + "21210023",
        SIGNATURE + "200007F1", // longer than is taken
        SIGNATURE + "2111FFFF",
        "42434E31", // an announce
        "160301" // TLS
      })
  void refusesOtherBytesAtOnce(String digits) {
    assertThat(of(hex(digits))).isEqualTo(new ProxyHeader.Refused());
  }

  @Test
  void survivesAnything(Random random) {
    for (int run = 0; run < 100_000; run++) {
      byte[] bytes = headers().get(random.nextInt(headers().size())).clone();
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      int length = random.nextInt(bytes.length + 1);
      ProxyHeader header = ProxyHeader.of(bytes, length);
      if (header instanceof ProxyHeader.Complete(int headerLength, var source, var destination)) {
        assertThat(headerLength).isLessThanOrEqualTo(length);
        assertThat(source == null).isEqualTo(destination == null);
        assertThat(unpack(source)).isEqualTo(unpack(source));
      }
    }
  }

  private static @Nullable InetSocketAddress unpack(@Nullable PackedAddress address) {
    return address == null ? null : address.unpack();
  }
}
