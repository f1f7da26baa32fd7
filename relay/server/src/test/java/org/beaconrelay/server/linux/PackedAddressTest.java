package org.beaconrelay.server.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
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
}
