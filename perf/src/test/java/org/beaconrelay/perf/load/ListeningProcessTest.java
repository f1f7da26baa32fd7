package org.beaconrelay.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListeningProcessTest {
  private static final OptionalLong SELF = OptionalLong.of(ProcessHandle.current().pid());

  private static ServerSocket listen(String address) throws IOException {
    return new ServerSocket(0, 1, InetAddress.getByName(address));
  }

  private static OptionalLong find(String address, ServerSocket listener) throws IOException {
    return ListeningProcess.find(new InetSocketAddress(address, listener.getLocalPort()));
  }

  @Test
  void isFoundByItsVeryAddress() throws IOException {
    try (ServerSocket listener = listen("127.0.0.2")) {
      assertThat(find("127.0.0.2", listener)).isEqualTo(SELF);
    }
  }

  /// Two relays may have the same port at different addresses of a host.
  @Test
  void isNotFoundByAnotherAddress() throws IOException {
    try (ServerSocket listener = listen("127.0.0.2")) {
      assertThat(find("127.0.0.1", listener)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1", "127.0.0.7", "0.0.0.0"})
  void isFoundWhereItListensAtAllAddresses(String address) throws IOException {
    try (ServerSocket listener = new ServerSocket(0)) {
      assertThat(find(address, listener)).isEqualTo(SELF);
    }
  }

  /// An address for documentation (RFC 5737), which nobody has.
  @Test
  void isNotLookedForWhereTheAddressIsNoneOfThisHost() throws IOException {
    try (ServerSocket listener = new ServerSocket(0)) {
      assertThat(find("192.0.2.1", listener)).isEmpty();
    }
  }
}
