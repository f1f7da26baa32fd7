package org.beaconrelay.server.transport;

/// A descriptor that an event loop watches.
///
/// **Thread:** that of the loop. **Owns:** the descriptor, until one of [#close] and [#release].
public interface Watch {
  /// Changes what is watched for.
  ///
  /// @param readiness bits of [org.beaconrelay.server.linux.Readiness]
  void watchFor(int readiness);

  /// Closes the descriptor, and with it the watch. Once.
  void close();

  /// Ends the watch and leaves the descriptor open, to whoever calls. Once.
  void release();
}
