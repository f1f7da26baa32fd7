package org.beaconrelay.server;

import static org.beaconrelay.server.RelaySettings.require;

/// What moves the bytes of links.
///
/// @param transport how the kernel says what is ready
/// @param eventLoops number of shards, 1 to 1024
/// @param dataPath how relayed bytes travel
/// @param pipeSizeBytes wanted capacity of a pipe, 4 KiB to 1 GiB; the kernel may grant less
/// @param pipeBudgetBytes capacity that all pipes together may have, at least 64 KiB a shard
/// @param maxPipes pipes that may exist at once, at least 2 a shard; each takes two descriptors
public record EngineSettings(
    Transport transport,
    int eventLoops,
    DataPath dataPath,
    int pipeSizeBytes,
    long pipeBudgetBytes,
    int maxPipes) {

  public static final int DEFAULT_PIPE_SIZE_BYTES = 1 << 20;

  /// @throws IllegalArgumentException naming the first value that is out of range
  public EngineSettings {
    require(eventLoops >= 1 && eventLoops <= 1024, "eventLoops is 1 to 1024");
    require(pipeSizeBytes >= 4096 && pipeSizeBytes <= 1 << 30, "pipeSizeBytes is 4 KiB to 1 GiB");
    require(pipeBudgetBytes >= 65_536L * eventLoops, "pipeBudgetBytes is at least 64 KiB a shard");
    require(maxPipes >= 2 * eventLoops, "maxPipes is at least 2 a shard");
  }
}
