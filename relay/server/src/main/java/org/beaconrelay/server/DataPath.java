package org.beaconrelay.server;

/// How relayed bytes get from one socket to the other.
public enum DataPath {
  /// Through a kernel pipe, never through this process's memory.
  SPLICE,
  /// Through this process's memory: slower, and only for hosts that forbid splice(2). Every byte is
  /// counted as copied.
  COPY
}
