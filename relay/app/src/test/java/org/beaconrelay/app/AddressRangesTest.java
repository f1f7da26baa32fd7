package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.beaconrelay.server.AddressRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AddressRangesTest {
  private static AddressRange range(String network, int prefixLength) {
    return AddressRange.of(InetAddress.ofLiteral(network), prefixLength);
  }

  @Test
  void takesNetworksAndAddresses() throws BadValueException {
    assertThat(AddressRanges.parse("10.0.0.0/8, 192.0.2.7,2001:db8::/32,::1,0.0.0.0/0"))
        .containsExactly(
            range("10.0.0.0", 8),
            range("192.0.2.7", 32),
            range("2001:db8::", 32),
            range("::1", 128),
            range("0.0.0.0", 0));
    assertThat(AddressRanges.parseOrOff("off")).isEmpty();
    assertThat(AddressRanges.parseOrOff("::/0")).containsExactly(range("::", 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                    | is no IP address: write networks as in 10.0.0.0/8,2001:db8::/32",
        "10.0.0.0/8,           | is no IP address",
        "localhost             | is no IP address",
        "10.1                  | is no IP address",
        "1                     | is no IP address",
        "256.0.0.1             | is no IP address",
        "fe80::1%1             | is no IP address",
        "[::1]                 | is no IP address",
        "10.0.0.0/33           | behind the / of 10.0.0.0 stands the length of its prefix: 0 to 32",
        "::/129                | 0 to 128",
        "10.0.0.0/             | 0 to 32",
        "10.0.0.0/255.0.0.0    | 0 to 32",
        "::ffff:10.0.0.0/104   | 0 to 32",
        "10.0.0.1/8            | 10.0.0.1/8 says more than the 8 bits of its prefix",
        "10.0.0.0/8,10.0.0.0/8 | 10.0.0.0/8 is there twice: once is enough"
      })
  void tellsWhatIsWrong(String text, String advice) {
    assertThatThrownBy(() -> AddressRanges.parse(text))
        .isInstanceOf(BadValueException.class)
        .hasMessageContaining(advice);
  }
}
