package org.beaconrelay.server.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class PackedAddressTest {
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0,0",
    "127.0.0.1,443",
    "255.254.253.252,65535",
    "'::',1",
    "'::1',8443",
    "'fedc:ba98:7654:3210:fedc:ba98:7654:3210',40000"
  })
  void survivesTheKernelsForm(String host, int port) throws UnknownHostException {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(host), port);
    assertThat(SocketAddresses.fromNative(SocketAddresses.toNative(address)).unpack())
        .isEqualTo(address);
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1,          192.0.2.1",
    "192.0.2.1,          '::ffff:192.0.2.1'",
    "'2001:db8:1:2::3',  '2001:db8:1:2:ffff:ffff:ffff:ffff'",
    "'::1',              '::2'"
  })
  void hasTheNetworkOfItsHost(String one, String other) {
    assertThat(network(one)).isEqualTo(network(other));
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1,          192.0.2.2",
    "192.0.2.1,          '::192.0.2.1'",
    "255.255.255.255,    '::ffff:0:0'",
    "'2001:db8:1:2::3',  '2001:db8:1:3::3'",
    "0.0.0.0,            '::'"
  })
  void hasAnotherNetworkThanOtherHosts(String one, String other) {
    assertThat(network(one)).isNotEqualTo(network(other));
  }

  /// Literals of IPv4 addresses in IPv6 form, too: the JDK makes IPv4 addresses of them.
  private static long network(String literal) {
    if (literal.startsWith("::ffff:")) {
      InetAddress ipv4 = InetAddress.ofLiteral(literal);
      int bits = ByteBuffer.wrap(ipv4.getAddress()).getInt();
      long low = 0xFFFFL << Integer.SIZE | Integer.toUnsignedLong(bits);
      return new PackedAddress.V6(0, low, 1).network();
    }
    InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral(literal), 1);
    return SocketAddresses.fromNative(SocketAddresses.toNative(address)).network();
  }
}
