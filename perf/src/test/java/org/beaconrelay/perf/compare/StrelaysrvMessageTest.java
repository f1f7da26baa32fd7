package org.beaconrelay.perf.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class StrelaysrvMessageTest {
  private static final String HEADER_OF_RESPONSE = "9e79bc40 00000004 0000000c";
  private static final String INVITATION =
      "9e79bc40 00000006 00000020 00000003 01020300 00000004 0a0b0c0d"
          + " 00000004 7f000001 00001234 00000001";

  @Test
  void padsOpaquesToFourBytes() {
    assertThat(StrelaysrvMessage.ofOpaque(5, new byte[] {1, 2, 3, 4, 5}).toBytes())
        .isEqualTo(bytes("9e79bc40 00000005 0000000c 00000005 01020304 05000000"));
  }

  @Test
  void findsTheKeyOfAnInvitation() throws IOException {
    StrelaysrvMessage invitation =
        StrelaysrvMessage.read(in(INVITATION), StrelaysrvMessage.SESSION_INVITATION);

    assertThat(invitation.opaque(0)).isEqualTo(bytes("010203"));
    assertThat(invitation.opaque(1)).isEqualTo(bytes("0a0b0c0d"));
  }

  @Test
  void tellsARefusalFromSuccess() throws IOException {
    StrelaysrvMessage.requireSuccess(in(HEADER_OF_RESPONSE + "00000000 00000003 796573 00"));

    assertThatIOException()
        .isThrownBy(
            () ->
                StrelaysrvMessage.requireSuccess(
                    in(HEADER_OF_RESPONSE + "00000002 00000003 6e6f21 00")))
        .withMessageContaining("refused");
  }

  @Test
  void takesNothingElseForAMessage() {
    assertThatIOException()
        .isThrownBy(() -> StrelaysrvMessage.read(in("9e79bc41 00000004 00000000"), 4))
        .withMessageContaining("no message");
    assertThatIOException()
        .isThrownBy(() -> StrelaysrvMessage.read(in("9e79bc40 00000004 7fffffff"), 4))
        .withMessageContaining("no message");
    assertThatIOException()
        .isThrownBy(() -> StrelaysrvMessage.read(in("9e79bc40 00000007 00000000"), 6))
        .withMessageContaining("type 7, content '', not type 6");
    assertThatIOException()
        .isThrownBy(() -> StrelaysrvMessage.read(in("9e79bc40 00000004 00000004 00"), 4))
        .isInstanceOf(EOFException.class);
  }

  @Test
  void takesNoContentThatIsTooShort() {
    assertThatIOException()
        .isThrownBy(() -> new StrelaysrvMessage(6, bytes("00000003 01020300 00000004")).opaque(1))
        .withMessageContaining("wrong content");
    assertThatIOException()
        .isThrownBy(() -> new StrelaysrvMessage(6, bytes("7fffffff 01020300")).opaque(1))
        .withMessageContaining("wrong content");
  }

  private static InputStream in(String hex) {
    return new ByteArrayInputStream(bytes(hex));
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }
}
