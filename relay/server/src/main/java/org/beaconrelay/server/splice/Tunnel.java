package org.beaconrelay.server.splice;

import java.nio.ByteBuffer;

/// The outer TLS of an end that keeps it on (TUNNEL, PROTOCOL.md, section 6): takes and gives the
/// bytes inside as a socket would. It may allocate; a splice with such an end does not count as
/// free of garbage.
///
/// **Thread:** shard-confined. **Owns:** nothing; the socket is its link's.
public interface Tunnel {
  /// Takes bytes of one record, as many as `target` has room for, and moves its position behind
  /// them. What there was no room for comes next.
  ///
  /// @return bytes taken, 0 at the end of the stream, which is a close_notify, or `-errno`: EAGAIN,
  ///   EBADMSG (no TLS, or a FIN without close_notify), or what the socket said
  int receive(ByteBuffer target);

  /// Gives bytes of `source`, at most those of one record. They count as given once the kernel has
  /// taken the whole record, so after EAGAIN the same bytes have to be given again.
  ///
  /// @return bytes given, or `-errno`: EAGAIN (tried again when the socket is writable), EPIPE (the
  ///   endpoint reads no more), or what the socket said
  int send(ByteBuffer source);

  /// Sends close_notify, and a FIN behind it.
  ///
  /// @return 0, or `-errno`: EAGAIN (tried again when the socket is writable), or what the socket
  ///   said
  int shutdownWrite();
}
