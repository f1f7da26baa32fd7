package org.beaconrelay.server;

/// Is told what became of links: the place for logs and figures.
///
/// **Thread:** called on the shards' threads, several at once; must neither block nor throw.
public interface LinkObserver {
  /// A link has ended.
  void onClosed(LinkRecord link);
}
