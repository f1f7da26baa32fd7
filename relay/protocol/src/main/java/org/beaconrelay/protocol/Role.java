package org.beaconrelay.protocol;

/// Which of the two ends of a pair an endpoint is (PROTOCOL.md, section 1).
public enum Role {
  /// Beside the secret store.
  BRIDGE(1),
  /// In the consuming cluster.
  BROKER(2);

  private final int code;

  Role(int code) {
    this.code = code;
  }

  /// The byte that stands for this role in an ANNOUNCE.
  public int code() {
    return code;
  }

  /// The role that this one is paired with.
  public Role counterpart() {
    return this == BRIDGE ? BROKER : BRIDGE;
  }
}
