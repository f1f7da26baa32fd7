package org.beaconrelay.server.splice;

import org.beaconrelay.server.linux.Readiness;
import org.jspecify.annotations.Nullable;

/// A socket of a splice, and what its event loop reports of it.
///
/// A splice wants to hear only what it waits for: a socket that is readable while the other one
/// takes nothing would be reported for every segment that arrives, and one that is writable along
/// with everything else. The end of the stream, a hang-up and an error are always reported.
///
/// **Thread:** data plane, shard-confined. **Owns:** nothing; the socket is its link's.
public interface SpliceEnd {
  /// The socket.
  int fd();

  /// Its outer TLS, if that stays on, or null: bytes are taken from the socket as they are. Does
  /// not change once the splice has started.
  default @Nullable Tunnel tunnel() {
    return null;
  }

  /// Of [Readiness#READABLE] and [Readiness#WRITABLE], what is reported now.
  int watchedFor();

  /// Changes what is reported. What is so already is reported at once.
  void watchFor(int readiness);

  /// A socket that nobody watches: its user tells the splice by itself.
  static SpliceEnd unwatched(int fd) {
    return new SpliceEnd() {
      @Override
      public int fd() {
        return fd;
      }

      @Override
      public int watchedFor() {
        return Readiness.READABLE | Readiness.WRITABLE;
      }

      @Override
      public void watchFor(int readiness) {}
    };
  }
}
