package org.beaconrelay.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.beaconrelay.server.SelfTest;
import org.beaconrelay.server.Transport;
import org.jspecify.annotations.Nullable;

/// What `beacon doctor` looks at.
///
/// @param kernel its release
/// @param epollFault why epoll cannot be used, or null
/// @param spliceFault why splice cannot be used, or null
/// @param somaxconn net.core.somaxconn, or null if it is not to be seen
/// @param ioUringDisabled kernel.io_uring_disabled, or null where the kernel has no such switch
/// @param heapBytes what this JVM may use for objects
record HostFacts(
    Host host,
    String kernel,
    String architecture,
    @Nullable String epollFault,
    @Nullable String spliceFault,
    @Nullable Integer somaxconn,
    @Nullable Integer ioUringDisabled,
    long heapBytes) {

  /// Those of this very host; moves some bytes over loopback.
  ///
  /// @throws java.io.UncheckedIOException if /proc cannot be read
  static HostFacts read() {
    return new HostFacts(
        Host.read(),
        System.getProperty("os.version", "unknown"),
        System.getProperty("os.arch", "unknown"),
        Transport.EPOLL.fault(),
        SelfTest.fault(),
        number("/proc/sys/net/core/somaxconn"),
        number("/proc/sys/kernel/io_uring_disabled"),
        Runtime.getRuntime().maxMemory());
  }

  private static @Nullable Integer number(String path) {
    try {
      return Integer.valueOf(Files.readAllLines(Path.of(path)).getFirst().strip());
    } catch (IOException _) {
      return null;
    }
  }
}
