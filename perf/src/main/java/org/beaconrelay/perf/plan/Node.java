package org.beaconrelay.perf.plan;

import org.beaconrelay.server.DescriptorPlan;
import org.beaconrelay.server.EngineSettings;
import org.beaconrelay.server.HostLimits;

/// What a replica runs on. The relay is taken to be unprivileged, as it should be.
///
/// @param cores for the relay alone, and as many event loops
/// @param openFiles descriptors that the relay may have
/// @param openFilesFixed whether that cannot be raised
/// @param pipeUserPagesSoft fs.pipe-user-pages-soft; 0 = no limit
/// @param origins where the figures come from
record Node(
    int cores,
    long memoryBytes,
    int openFiles,
    boolean openFilesFixed,
    long pipeUserPagesSoft,
    Origins origins) {
  static final int PAGE_BYTES = 4096;
  static final int PIPE_BYTES = EngineSettings.DEFAULT_PIPE_SIZE_BYTES;

  /// In words.
  record Origins(String cores, String memory, String openFiles) {}

  /// Links that the relay takes with these descriptors.
  ///
  /// @throws IllegalArgumentException if they are too few to be a relay
  int maxLinks() {
    return DescriptorPlan.of(openFiles, cores).maxLinks();
  }

  /// What the relay gives its pipes where `--pipe-budget` does not say otherwise.
  long pipeBudgetBytes() {
    return new HostLimits(openFiles, PIPE_BYTES, pipeUserPagesSoft, false, memoryBytes)
        .defaultPipeBudgetBytes();
  }
}
