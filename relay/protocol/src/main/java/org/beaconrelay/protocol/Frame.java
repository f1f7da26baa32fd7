package org.beaconrelay.protocol;

/// What the relay says to an endpoint (PROTOCOL.md, section 4).
///
/// ```text
///  0                   1                   2                   3
///  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
/// +---------------------------------------------------------------+
/// |                   magic "BCN1" = 42 43 4E 31                  |  0
/// +---------------+---------------+-------------------------------+
/// |     type      |     code      |         retry_after_s         |  4
/// +---------------+---------------+-------------------------------+
/// |                                                               |  8
/// |                            pair_id                            |
/// +---------------------------------------------------------------+
/// ```
///
/// type: 2 WAITING, 3 PAIRED, 4 REJECTED, 5 CHALLENGE. code and retry_after_s are those of
/// REJECTED, pair_id is that of PAIRED; elsewhere they are zero.
public sealed interface Frame {
  /// Length on the wire, always.
  int LENGTH = 16;

  /// No counterpart is there yet. Sent at most once.
  record Waiting() implements Frame {}

  /// Paired; what follows is the counterpart's.
  ///
  /// @param pairId random, the same for both links
  record Paired(long pairId) implements Frame {}

  /// Turned away; the relay closes the link.
  ///
  /// @param retryAfterS 0 to 65535 seconds, 0 = do not retry unchanged
  record Rejected(RejectReason reason, int retryAfterS) implements Frame {
    /// @throws IllegalArgumentException if `retryAfterS` is out of range
    public Rejected {
      if (retryAfterS < 0 || retryAfterS > 0xFFFF) {
        throw new IllegalArgumentException("retry_after_s is 0 to 65535, not " + retryAfterS);
      }
    }

    /// Turned away, with the retry time that goes with the reason.
    public Rejected(RejectReason reason) {
      this(reason, reason.retryAfterS());
    }
  }

  /// Prove that you hold a certificate of this info_hash: 32 bytes of nonce follow.
  record Challenge() implements Frame {}

  /// The 16 bytes of the wire.
  default byte[] toBytes() {
    return switch (this) {
      case Waiting() -> FrameLayout.bytes(FrameLayout.TYPE_WAITING, 0, 0, 0);
      case Paired(long pairId) -> FrameLayout.bytes(FrameLayout.TYPE_PAIRED, 0, 0, pairId);
      case Rejected(RejectReason reason, int retryAfterS) ->
          FrameLayout.bytes(FrameLayout.TYPE_REJECTED, reason.code(), retryAfterS, 0);
      case Challenge() -> FrameLayout.bytes(FrameLayout.TYPE_CHALLENGE, 0, 0, 0);
    };
  }

  /// Reads the first 16 of `bytes`.
  ///
  /// @throws IllegalArgumentException if they are no frame of BRP/1; the message says why
  static Frame parse(byte[] bytes) {
    return FrameLayout.parse(bytes);
  }
}
