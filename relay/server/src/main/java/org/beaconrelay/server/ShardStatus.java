package org.beaconrelay.server;

/// What shards hold at a moment.
///
/// @param waitingLinks links that wait for a counterpart
/// @param leasedPipes pipes that hold bytes
/// @param pipes pipes there are
/// @param pipeCapacityBytes what all pipes there are may hold, as the kernel granted it
public record ShardStatus(int waitingLinks, int leasedPipes, int pipes, long pipeCapacityBytes) {
  static final ShardStatus NOTHING = new ShardStatus(0, 0, 0, 0);

  ShardStatus plus(ShardStatus other) {
    return new ShardStatus(
        waitingLinks + other.waitingLinks,
        leasedPipes + other.leasedPipes,
        pipes + other.pipes,
        pipeCapacityBytes + other.pipeCapacityBytes);
  }
}
