package org.beaconrelay.server.transport;

/// Watches descriptors for one event loop.
///
/// **Thread:** that of the loop.
interface Watcher {
  /// See [EventLoop#watch].
  ///
  /// @throws IllegalStateException if the loop takes no more descriptors
  Watch watch(int fd, int readiness, ReadyListener listener);
}
