package org.beaconrelay.perf.load;

/// What the ends of a pair say to each other.
///
/// @param requestBytes from broker to bridge
/// @param replyBytes from bridge to broker, once all of the request has come
/// @param inOrder whether the broker then ends its stream, and the bridge its own upon that;
///   otherwise both reset
record Conversation(int requestBytes, int replyBytes, boolean inOrder) {
  /// They are paired, and go.
  static final Conversation NONE = new Conversation(0, 0, false);
}
