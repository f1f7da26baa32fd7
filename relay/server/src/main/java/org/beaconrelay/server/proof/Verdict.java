package org.beaconrelay.server.proof;

/// What became of a proof. The endpoint is told PROOF_INVALID in every case but the first; which
/// one it was is for tests: a stranger has no use for it, and the operator's log has no room.
public enum Verdict {
  /// The endpoint holds a certificate of the CA that it has announced.
  HOLDS,
  /// The CA certificate is not the one that the info_hash is of.
  OTHER_CA,
  /// One of the two is no certificate, or more than one, or the key or signature in it is none.
  UNREADABLE,
  /// What was announced is the hash of a certificate that is no CA's.
  NO_CA,
  /// One of the two is not valid yet, or not any more.
  NOT_VALID_NOW,
  /// A key that is too short, too long or of another kind; a certificate signed by a weak
  /// algorithm.
  WEAK,
  /// The leaf certificate is not one that the CA has issued.
  NOT_ISSUED,
  /// The signature was not made with the leaf's key, or not for this link.
  NOT_SIGNED
}
