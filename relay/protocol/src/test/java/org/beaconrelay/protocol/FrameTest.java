package org.beaconrelay.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameTest {
  @Test
  void isByteExact() {
    assertThat(hex(new Frame.Waiting())).isEqualTo("42434e3102000000" + "0000000000000000");
    assertThat(hex(new Frame.Paired(0x0123456789ABCDEFL)))
        .isEqualTo("42434e3103000000" + "0123456789abcdef");
    assertThat(hex(new Frame.Rejected(RejectReason.HANDSHAKE_TIMEOUT, 0x0102)))
        .isEqualTo("42434e31040f0102" + "0000000000000000");
    assertThat(hex(new Frame.Challenge())).isEqualTo("42434e3105000000" + "0000000000000000");
  }

  @ParameterizedTest
  @MethodSource("frames")
  void isReadBack(Frame frame) {
    assertThat(Frame.parse(frame.toBytes())).isEqualTo(frame);
  }

  static Stream<Frame> frames() {
    return Stream.concat(
        Stream.of(new Frame.Waiting(), new Frame.Paired(1), new Frame.Challenge()),
        Arrays.stream(RejectReason.values()).map(Frame.Rejected::new));
  }

  @ParameterizedTest
  @CsvSource({
    "0,                    0000000000000000",
    "1,                    0000000000000001",
    "-1,                   ffffffffffffffff",
    "9223372036854775807,  7fffffffffffffff",
    "-9223372036854775808, 8000000000000000"
  })
  void carriesEveryPairId(long pairId, String onTheWire) {
    Frame paired = new Frame.Paired(pairId);

    assertThat(hex(paired)).endsWith(onTheWire);
    assertThat(Frame.parse(paired.toBytes())).isEqualTo(paired);
  }

  @ParameterizedTest
  @CsvSource({"0, 0000", "1, 0001", "32767, 7fff", "32768, 8000", "65535, ffff"})
  void carriesEveryRetryTime(int retryAfterS, String onTheWire) {
    Frame rejected = new Frame.Rejected(RejectReason.DRAINING, retryAfterS);

    assertThat(hex(rejected)).isEqualTo("42434e31040a" + onTheWire + "0000000000000000");
    assertThat(Frame.parse(rejected.toBytes())).isEqualTo(rejected);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, Integer.MIN_VALUE, 65_536, Integer.MAX_VALUE})
  void refusesARetryTimeThatDoesNotFit(int retryAfterS) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Frame.Rejected(RejectReason.DRAINING, retryAfterS))
        .withMessageContaining("retry_after_s")
        .withMessageContaining("" + retryAfterS);
  }

  @ParameterizedTest
  @EnumSource
  void takesTheRetryTimeOfTheReason(RejectReason reason) {
    assertThat(new Frame.Rejected(reason).retryAfterS()).isEqualTo(reason.retryAfterS());
  }

  @Test
  void refusesToReadFewerThanSixteenBytes() {
    for (int length = 0; length < Frame.LENGTH; length++) {
      byte[] bytes = Arrays.copyOf(new Frame.Waiting().toBytes(), length);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Frame.parse(bytes))
          .withMessage("a frame has 16 bytes, not " + length);
    }
  }

  @Test
  void readsNoMoreThanSixteenBytes() {
    byte[] bytes = Arrays.copyOf(new Frame.Paired(7).toBytes(), 40);
    Arrays.fill(bytes, Frame.LENGTH, 40, (byte) 0xFF);

    assertThat(Frame.parse(bytes)).isEqualTo(new Frame.Paired(7));
  }

  @Test
  void refusesAnotherMagic() {
    for (int offset = 0; offset < 4; offset++) {
      for (int change = 1; change < 256; change++) {
        byte[] bytes = new Frame.Waiting().toBytes();
        bytes[offset] ^= (byte) change;
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Frame.parse(bytes))
            .withMessageContaining("not a BRP/1 relay");
      }
    }
  }

  @Test
  void refusesAnUnknownType() {
    for (int type = 0; type < 256; type++) {
      if (!List.of(2, 3, 4, 5).contains(type)) {
        byte[] bytes = new Frame.Waiting().toBytes();
        bytes[4] = (byte) type;
        assertThatIllegalArgumentException()
            .as("type %d", type)
            .isThrownBy(() -> Frame.parse(bytes))
            .withMessageContaining("unknown frame type");
      }
    }
  }

  @Test
  void refusesAnUnknownRejectCode() {
    for (int code = 0; code < 256; code++) {
      if (code < 1 || code > 15) {
        byte[] bytes = new Frame.Rejected(RejectReason.RELAY_FULL).toBytes();
        bytes[5] = (byte) code;
        assertThatIllegalArgumentException()
            .isThrownBy(() -> Frame.parse(bytes))
            .withMessage("unknown reject code " + code);
      }
    }
  }

  @Test
  void refusesAnAnnounce() {
    byte[] announce = Announce.of(Role.BRIDGE, new InfoHash(1, 2, 3, 4)).toBytes();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Frame.parse(announce))
        .withMessage("unknown frame type 1");
  }

  private static String hex(Frame frame) {
    return HexFormat.of().formatHex(frame.toBytes());
  }
}
