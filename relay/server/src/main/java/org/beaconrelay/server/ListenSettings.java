package org.beaconrelay.server;

import static org.beaconrelay.server.RelaySettings.require;

import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where links come in, and how.
///
/// @param addresses where to accept links; port 0 picks one; at least one
/// @param outerTls who the relay is inside outer TLS; null = plain TCP
/// @param tunnel whether endpoints may keep their outer TLS on (TUNNEL), which takes their bytes
///   through the memory of this process; their buffers come on top of the pipes, as many and as
///   much at most
/// @param requireProof whether endpoints must prove that they hold a certificate of their bridge CA
public record ListenSettings(
    List<InetSocketAddress> addresses,
    @Nullable TlsIdentity outerTls,
    boolean tunnel,
    boolean requireProof) {

  /// @throws IllegalArgumentException naming the first value that is out of range
  public ListenSettings {
    addresses = List.copyOf(addresses);
    require(!addresses.isEmpty(), "listen needs at least one address");
  }

  /// What heap its links may come to need.
  public HeapNeeds heapNeeds() {
    return HeapNeeds.of(outerTls != null, tunnel);
  }
}
