package org.beaconrelay.server;

import javax.net.ssl.SSLContext;

/// Who the relay is to its endpoints: the key and certificate of its outer TLS.
///
/// **Thread:** asked on the shards' threads, once for each accepted link, so it must not block; a
/// renewed certificate is what the next link gets.
@FunctionalInterface
public interface TlsIdentity {
  /// A context with the relay's own key in it, for TLS 1.3.
  SSLContext current();
}
