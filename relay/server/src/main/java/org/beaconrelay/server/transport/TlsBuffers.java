package org.beaconrelay.server.transport;

import java.nio.ByteBuffer;
import org.beaconrelay.server.linux.Syscalls;

/// Where the outer TLS of all links of a shard is read, written, and made plain: so that a link
/// that waits needs no buffer of its own.
///
/// **Thread:** shard-confined.
public final class TlsBuffers {
  /// A whole flight of handshake messages, and room for one record more, which JSSE asks for before
  /// it writes any.
  private static final int OUTBOUND_BYTES = 64 << 10;

  final Syscalls syscalls;
  final ByteBuffer inbound = ByteBuffer.allocateDirect(TlsRecords.MAX_LENGTH);
  final ByteBuffer outbound = ByteBuffer.allocateDirect(OUTBOUND_BYTES);
  final ByteBuffer plaintext = ByteBuffer.allocateDirect(TlsRecords.MAX_LENGTH);

  public TlsBuffers(Syscalls syscalls) {
    this.syscalls = syscalls;
  }
}
