package org.beaconrelay.app;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.beaconrelay.server.Addresses;

/// Where an admin port may be, as people write it.
final class AdminAddresses {
  private static final String OFF = "off";
  private static final int DEFAULT_PORT = 9443;

  static final InetSocketAddress DEFAULT =
      new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), DEFAULT_PORT);
  static final String DEFAULT_TEXT = Addresses.format(DEFAULT);

  private AdminAddresses() {}

  /// Understands the option of the relay.
  ///
  /// @param warnings gets what the operator should know
  /// @return empty if there shall be no admin port
  static Optional<InetSocketAddress> parse(Given given, List<String> warnings) {
    Optional<InetSocketAddress> address =
        given.value(AdminOption.ADMIN, AdminAddresses::parse, Optional.of(DEFAULT));
    address
        .filter(listening -> !listening.getAddress().isLoopbackAddress())
        .ifPresent(
            listening ->
                warnings.add(
                    "admin %s can be reached from elsewhere: whoever connects there is told the"
                            .formatted(Addresses.format(listening))
                        + " addresses of all who are connected; see to it that only those can who"
                        + " may"));
    return address;
  }

  private static Optional<InetSocketAddress> parse(String text) throws BadValueException {
    return text.equals(OFF) ? Optional.empty() : Optional.of(ListenAddresses.parseOne(text));
  }

  /// How it is written where the configuration says it.
  static String label(Optional<InetSocketAddress> address) {
    return address.map(Addresses::format).orElse(OFF);
  }
}
