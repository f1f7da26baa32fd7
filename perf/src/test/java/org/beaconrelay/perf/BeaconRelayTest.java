package org.beaconrelay.perf;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BeaconRelayTest {
  @Test
  void findsThePortInTheReadyLine() {
    assertThat(BeaconRelay.readyPort("starting\nready listen=127.0.0.1:40321 tls=off\n"))
        .contains(40321);
  }

  @Test
  void waitsForTheWholeReadyLine() {
    assertThat(BeaconRelay.readyPort("starting\nready listen=127.0.0.1:403")).isEmpty();
  }
}
