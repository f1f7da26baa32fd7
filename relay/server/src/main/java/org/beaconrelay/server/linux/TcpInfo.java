package org.beaconrelay.server.linux;

/// How the kernel sees a connection: the first bytes of `struct tcp_info` (tcp(7), TCP_INFO).
///
/// @param state TCP_ESTABLISHED = 1, TCP_CLOSE_WAIT = 8, …
/// @param retransmits retransmissions of the oldest unacknowledged segment
/// @param probes unanswered keepalive or zero-window probes
public record TcpInfo(int state, int retransmits, int probes) {
  private static final int TCP_ESTABLISHED = 1;
  private static final int TCP_CLOSE_WAIT = 8;

  /// Both directions are open.
  public boolean isEstablished() {
    return state == TCP_ESTABLISHED;
  }

  /// The other end has sent its FIN, and this one has not.
  public boolean isCloseWait() {
    return state == TCP_CLOSE_WAIT;
  }

  /// The kernel is waiting for an answer that should have been there.
  public boolean isUnanswered() {
    return retransmits > 0 || probes > 0;
  }
}
