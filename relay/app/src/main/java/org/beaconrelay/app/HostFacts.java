package org.beaconrelay.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
/// @param kernelTls whether the kernel has TLS among its upper layer protocols at present
record HostFacts(
    Host host,
    String kernel,
    String architecture,
    @Nullable String epollFault,
    @Nullable String spliceFault,
    @Nullable Integer somaxconn,
    @Nullable Integer ioUringDisabled,
    boolean kernelTls) {

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
        readSomaxconn(),
        number("/proc/sys/kernel/io_uring_disabled"),
        hasKernelTls());
  }

  /// @return null if it is not to be seen
  static @Nullable Integer readSomaxconn() {
    return number("/proc/sys/net/core/somaxconn");
  }

  /// Nothing is loaded for it: a kernel that has it as a module lists it only once that is loaded.
  private static boolean hasKernelTls() {
    try {
      String names = Files.readAllLines(Path.of("/proc/sys/net/ipv4/tcp_available_ulp")).getFirst();
      return List.of(names.split(" ", -1)).contains("tls");
    } catch (IOException _) {
      return false; // the kernel has no upper layer protocols at all
    }
  }

  private static @Nullable Integer number(String path) {
    try {
      return Integer.valueOf(Files.readAllLines(Path.of(path)).getFirst().strip());
    } catch (IOException _) {
      return null;
    }
  }
}
