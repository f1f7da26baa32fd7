package org.beaconrelay.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Random;
import org.beaconrelay.server.linux.PackedAddress;
import org.beaconrelay.testing.Seeded;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(Seeded.class)
final class AddressRangeTest {
  private static final int IPV4_BYTES = 4;
  private static final int IPV6_BYTES = 16;

  private static boolean contains(String network, int prefixLength, String address) {
    return AddressRange.of(InetAddress.ofLiteral(network), prefixLength).contains(packed(address));
  }

  /// The JDK makes IPv4 addresses of IPv6 ones that say they are.
  private static PackedAddress packed(String literal) {
    PackedAddress address = PackedAddress.of(InetAddress.ofLiteral(literal), 1);
    return literal.startsWith("::ffff:")
        ? new PackedAddress.V6(0, 0xFFFFL << Integer.SIZE | address.low(), 1)
        : address;
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0,     8,   10.255.255.255",
    "10.1.2.3,     32,  10.1.2.3",
    "0.0.0.0,      0,   255.255.255.255",
    "128.0.0.0,    1,   192.0.2.1",
    "192.0.2.0,    24,  '::ffff:192.0.2.77'",
    "'::',         0,   '2001:db8::1'",
    "'2001:db8::', 32,  '2001:db8:ffff::1'",
    "'fe80::',     64,  'fe80::ffff:ffff:ffff:ffff'",
    "'fe80::8000:0:0:0', 65, 'fe80::ffff:0:0:1'",
    "'::1',        128, '::1'"
  })
  void containsWhatBeginsWithItsPrefix(String network, int prefixLength, String address) {
    assertThat(contains(network, prefixLength, address)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0,     8,   11.0.0.0",
    "10.1.2.3,     32,  10.1.2.2",
    "128.0.0.0,    1,   127.0.0.1",
    "0.0.0.0,      0,   '::1'",
    "'::',         0,   192.0.2.1",
    "'::',         0,   '::ffff:192.0.2.1'",
    "'2001:db8::', 32,  '2001:db9::'",
    "'fe80::',     64,  'fe80::1:0:0:0:0'",
    "'fe80::8000:0:0:0', 65, 'fe80::7fff:0:0:1'",
    "'::1',        128, '::'"
  })
  void containsNothingElse(String network, int prefixLength, String address) {
    assertThat(contains(network, prefixLength, address)).isFalse();
  }

  /// Bit by bit.
  @Test
  void comparesAsManyBitsAsItsPrefixHas(Random random) throws UnknownHostException {
    for (int run = 0; run < 10_000; run++) {
      byte[] network = new byte[random.nextBoolean() ? IPV4_BYTES : IPV6_BYTES];
      random.nextBytes(network);
      int prefixLength = random.nextInt(network.length * 8 + 1);
      for (int bit = prefixLength; bit < network.length * 8; bit++) {
        network[bit / 8] &= (byte) ~(0x80 >> bit % 8);
      }
      byte[] address = network.clone();
      int changed = random.nextInt(network.length * 8);
      address[changed / 8] ^= (byte) (0x80 >> changed % 8);
      AddressRange range = AddressRange.of(InetAddress.getByAddress(network), prefixLength);
      assertThat(range.contains(PackedAddress.of(InetAddress.getByAddress(address), 1)))
          .isEqualTo(changed >= prefixLength);
    }
  }

  @ParameterizedTest
  @CsvSource({"10.0.0.0, 33", "10.0.0.0, -1", "10.0.0.1, 31", "'::', 129", "'::1', 127", "1::, 1"})
  void isNoRange(String network, int prefixLength) {
    assertThatThrownBy(() -> AddressRange.of(InetAddress.ofLiteral(network), prefixLength))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
