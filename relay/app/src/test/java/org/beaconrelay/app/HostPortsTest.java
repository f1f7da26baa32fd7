package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.beaconrelay.endpoint.HostPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class HostPortsTest {
  @Test
  void parsesNamesAndAddresses() throws BadValueException {
    String text = "relay.example.com:443,10.0.0.7:1,[fd00::7]:65535,my_relay:80";
    List<HostPort> parsed = HostPorts.parseAll(text);
    assertThat(parsed)
        .containsExactly(
            new HostPort("relay.example.com", 443),
            new HostPort("10.0.0.7", 1),
            new HostPort("fd00::7", 65_535),
            new HostPort("my_relay", 80));
    assertThat(HostPorts.join(parsed)).isEqualTo(text);
    assertThat(HostPorts.parseAll("a:1, b:2")).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "relay             | write HOST:PORT, as in relay.example.com:443",
        "relay:0           | the port: 1 to 65535",
        "relay:65536       | the port: 1 to 65535",
        "https://relay:443 | put brackets around an IPv6 address",
        "re lay:443        | is neither the name of a host nor an address",
        "relay/x:443       | is neither the name of a host nor an address",
        "-relay:443        | is neither the name of a host nor an address",
        "[::zz]:443        | is neither the name of a host nor an address",
        "[relay]:443       | [relay] is no IPv6 address",
        "[]:443            | [] is no IPv6 address",
        "relay:443,        | write HOST:PORT",
        "relay:1,relay:1   | relay:1 is there twice",
      })
  void tellsWhatIsWrong(String text, String advice) {
    assertThatExceptionOfType(BadValueException.class)
        .isThrownBy(() -> HostPorts.parseAll(text))
        .withMessageContaining(advice);
  }
}
