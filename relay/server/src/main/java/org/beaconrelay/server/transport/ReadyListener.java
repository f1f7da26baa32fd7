package org.beaconrelay.server.transport;

/// Is told what a watched descriptor is ready for, on the thread of the loop that watches it.
public interface ReadyListener {
  /// @param readiness bits of [org.beaconrelay.server.linux.Readiness]: hints, which may be stale
  void onReady(int readiness);

  /// [#onReady] has thrown, which it must not: whatever it was about is not to be trusted any more.
  void onBug(Throwable bug);
}
