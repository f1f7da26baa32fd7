package org.beaconrelay.endpoint;

/// Is told how an endpoint fares. Nothing that it is told names a caller or an info_hash.
///
/// **Thread:** called on many at once.
public interface EndpointObserver {
  /// The endpoint can be used: a bridge's first link waits.
  void onReady();

  /// Something did not work. The endpoint goes on by itself.
  ///
  /// @param problem what was tried, and what happened, in one line
  void onProblem(String problem);
}
