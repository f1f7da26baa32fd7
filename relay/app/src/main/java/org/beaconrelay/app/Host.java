package org.beaconrelay.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.beaconrelay.server.HostLimits;
import org.beaconrelay.server.Transport;
import org.jspecify.annotations.Nullable;

/// What defaults and limits of a configuration depend on.
///
/// @param heapBytes what this JVM may use for objects
/// @param cores processors that this process may use
/// @param ipv6 whether an interface has an IPv6 address
/// @param ioUringProbe tries io_uring, and says why it cannot be used, or null
record Host(
    HostLimits limits,
    long heapBytes,
    int cores,
    boolean ipv6,
    Supplier<@Nullable String> ioUringProbe) {
  private static final Path IPV6_ADDRESSES = Path.of("/proc/net/if_inet6");

  /// This very host.
  ///
  /// @throws java.io.UncheckedIOException if /proc cannot be read
  static Host read() {
    return new Host(
        HostLimits.read(),
        Runtime.getRuntime().maxMemory(),
        Runtime.getRuntime().availableProcessors(),
        hasIpv6(),
        Transport.IO_URING::fault);
  }

  private static boolean hasIpv6() {
    try {
      return !Files.readAllLines(IPV6_ADDRESSES).isEmpty();
    } catch (IOException _) {
      return false; // the kernel has no IPv6 at all
    }
  }
}
