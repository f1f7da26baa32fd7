package org.beaconrelay.endpoint;

import java.io.IOException;
import org.beaconrelay.protocol.RejectReason;

/// The relay has turned the announce away.
public final class RejectedException extends IOException {
  private static final long serialVersionUID = 1L;

  private final RejectReason reason;
  private final int retryAfterS;

  RejectedException(RejectReason reason, int retryAfterS) {
    super(
        "the relay rejected the announce: %s%s"
            .formatted(reason, retryAfterS == 0 ? ", and would reject the same one again" : ""));
    this.reason = reason;
    this.retryAfterS = retryAfterS;
  }

  public RejectReason reason() {
    return reason;
  }

  /// Seconds after which a retry makes sense; 0 = the same announce would be rejected again.
  public int retryAfterS() {
    return retryAfterS;
  }
}
