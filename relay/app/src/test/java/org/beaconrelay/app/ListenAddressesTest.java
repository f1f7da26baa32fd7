package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ListenAddressesTest {
  private static InetSocketAddress address(String host, int port) {
    return new InetSocketAddress(InetAddress.ofLiteral(host), port);
  }

  @Test
  void parsesBothFamilies() throws BadValueException {
    assertThat(ListenAddresses.parse("127.0.0.1:8443, [::1]:0,0.0.0.0:65535"))
        .containsExactly(address("127.0.0.1", 8443), address("::1", 0), address("0.0.0.0", 65_535));
  }

  @Test
  void takesPortZeroTwice() throws BadValueException {
    assertThat(ListenAddresses.parse("127.0.0.1:0,127.0.0.1:0")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "8443                        | write HOST:PORT",
        "localhost                   | write HOST:PORT",
        ":8443                       | write HOST:PORT",
        "127.0.0.1:1,                | write HOST:PORT",
        "127.0.0.1:                  | the port: 0 to 65535",
        "127.0.0.1:65536             | the port: 0 to 65535",
        "127.0.0.1:-1                | the port: 0 to 65535",
        "127.0.0.1:https             | the port: 0 to 65535",
        "::1:443                     | put brackets around an IPv6 address",
        "[::1]                       | put brackets around an IPv6 address",
        "[::zz]:443                  | [::zz] is no IPv6 address",
        "[127.0.0.1]:443             | [127.0.0.1] is no IPv6 address",
        "*:443                       | write 0.0.0.0 for all IPv4 addresses",
        "127.0.0.1:443,127.0.0.1:443 | 127.0.0.1:443 is there twice",
      })
  void tellsWhatIsWrong(String text, String advice) {
    assertThatExceptionOfType(BadValueException.class)
        .isThrownBy(() -> ListenAddresses.parse(text))
        .withMessageContaining(advice);
  }

  @Test
  void listensEverywhereByDefault() {
    assertThat(ListenAddresses.everywhere(false)).containsExactly(address("0.0.0.0", 443));
    assertThat(ListenAddresses.everywhere(true))
        .containsExactly(address("0.0.0.0", 443), address("::", 443));
  }
}
