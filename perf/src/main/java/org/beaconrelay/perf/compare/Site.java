package org.beaconrelay.perf.compare;

import java.nio.file.Path;

/// Where contenders run.
///
/// @param root of the checkout
record Site(Path root, Pinning pinning) {
  /// Folder of what is made for contenders once a run.
  Path made() {
    return root.resolve("perf/target/peers");
  }

  /// A file of `perf/peers`.
  Path peerFile(String name) {
    return root.resolve("perf/peers").resolve(name);
  }
}
