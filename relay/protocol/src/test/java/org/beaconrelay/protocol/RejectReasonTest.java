package org.beaconrelay.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class RejectReasonTest {
  /// The numbers are the protocol's: an endpoint in the field knows no other.
  @ParameterizedTest
  @CsvSource({
    "1,  MALFORMED,           no",
    "2,  UNSUPPORTED_VERSION, no",
    "3,  BAD_ROLE,            no",
    "4,  BAD_FLAGS,           no",
    "5,  HASH_LIMIT,          yes",
    "6,  ADDRESS_LIMIT,       yes",
    "7,  RATE_LIMITED,        yes",
    "8,  RELAY_FULL,          yes",
    "9,  WAIT_TIMEOUT,        yes",
    "10, DRAINING,            yes",
    "11, PROOF_REQUIRED,      no",
    "12, PROOF_INVALID,       no",
    "13, NOT_ALLOWED,         no",
    "14, TUNNEL_UNSUPPORTED,  no",
    "15, HANDSHAKE_TIMEOUT,   yes"
  })
  void isWhatTheProtocolSays(int code, RejectReason reason, String retry) {
    assertThat(RejectReason.ofCode(code)).isEqualTo(reason);
    assertThat(reason.code()).isEqualTo(code);
    assertThat(reason.retryAfterS() > 0 ? "yes" : "no").isEqualTo(retry);
  }

  @Test
  void isNotKnownByAnyOtherCode() {
    for (int code = -256; code <= 1024; code++) {
      if (code < 1 || code > 15) {
        assertThat(RejectReason.ofCode(code)).as("code %d", code).isNull();
      }
    }
  }

  @Test
  void hasFifteenCodes() {
    assertThat(Arrays.stream(RejectReason.values()).map(RejectReason::code))
        .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
  }

  @ParameterizedTest
  @EnumSource
  void hasARetryTimeThatFitsItsField(RejectReason reason) {
    assertThat(reason.retryAfterS()).isBetween(0, 0xFFFF);
  }
}
