package org.beaconrelay.app.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RequestTest {
  private static Request parse(String head) throws BadRequestException {
    return Request.parse(head.replace("|", "\r\n").replace("~", "\n").replace("%", "\0"));
  }

  @Test
  void takesWhatToolsAndBrowsersSend() throws Exception {
    assertThat(parse("GET /metrics HTTP/1.1|Host: localhost:9443|Accept: */*|"))
        .isEqualTo(new Request(false, "/metrics", "localhost:9443", false));
    assertThat(parse("HEAD / HTTP/1.1|host:\t[::1] |User-Agent: \u00e9t\u00e9|"))
        .isEqualTo(new Request(true, "/", "[::1]", false));
    assertThat(parse("GET /disclose?x=1?2 HTTP/1.1|Host:|Content-Length: 0|"))
        .isEqualTo(new Request(false, "/disclose", "", false));
    assertThat(parse("GET / HTTP/1.0|")).isEqualTo(new Request(false, "/", null, true));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '^',
      value = {
        "400, GET /",
        "400, GET / HTTP/1.1",
        "400, GET  / HTTP/1.1|Host: a|",
        "400, GET /% HTTP/1.1|Host: a|",
        "400, GET /a b HTTP/1.1|Host: a|",
        "400, GET http://localhost/ HTTP/1.1|Host: a|",
        "400, GET * HTTP/1.1|Host: a|",
        "400, GET / http/1.1|Host: a|",
        "400, GET / HTTP/1.1|",
        "400, GET / HTTP/1.1|Host: a|Host: a|",
        "400, GET / HTTP/1.1|Host: a|X : b|",
        "400, GET / HTTP/1.1|Host: a| folded|",
        "400, GET / HTTP/1.1|Host: a|no colon|",
        "400, GET / HTTP/1.1|Host: a%|",
        "400, GET / HTTP/1.1|Host: a|X: b~Y: c|",
        "400, GET / HTTP/1.1|Host: a|Content-Length: 5|",
        "400, GET / HTTP/1.1|Host: a|Transfer-Encoding: chunked|",
        "405, POST / HTTP/1.1|Host: a|",
        "405, get / HTTP/1.1|Host: a|",
        "505, GET / HTTP/2.0|Host: a|",
        "505, PRI * HTTP/2.0|"
      })
  void refusesTheRest(int status, String head) {
    assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(() -> parse(head))
        .satisfies(e -> assertThat(e.toResponse().status()).isEqualTo(status));
  }

  /// Whatever is wrong behind the blanks: it is no reason to look at them again and again.
  @Test
  void looksAtManyBlanksOnce() {
    String blanks = " ".repeat(8_000);
    assertThatExceptionOfType(BadRequestException.class)
        .isThrownBy(() -> parse("GET / HTTP/1.1|Host: a|X:" + blanks + "%|"))
        .satisfies(e -> assertThat(e.toResponse().status()).isEqualTo(400));

    Counted field = new Counted("X:" + blanks + "\0");
    assertThat(Request.FIELD.matcher(field).matches()).isFalse();
    assertThat(field.looks).isLessThan(2L * field.length());
  }

  /// A text that counts how often one of its characters is looked at.
  private static final class Counted implements CharSequence {
    private final String text;
    private long looks;

    Counted(String text) {
      this.text = text;
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public char charAt(int index) {
      looks++;
      return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.subSequence(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }

  @Test
  void saysWhatIsAllowed() {
    assertThat(new BadRequestException(405, "no").toResponse().fields())
        .containsEntry("Allow", "GET, HEAD");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"localhost", "LOCALHOST:9443", "127.0.0.1", "127.1.2.3:80", "[::1]:9443", "[::1]"})
  void takesHostsOfLoopback(String host) {
    assertThat(new HostRule(true).takes(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rebound.example",
        "localhost.rebound.example",
        "127.0.0.1.rebound.example:9443",
        "rebound.example:127.0.0.1",
        "10.0.0.1:9443",
        "[::2]",
        "localhost:9443@rebound.example"
      })
  void refusesOthersAtLoopback(String host) {
    assertThat(new HostRule(true).takes(host)).isFalse();
    assertThat(new HostRule(false).takes(host)).isTrue();
  }

  @Test
  void takesWhoIsNoBrowser() {
    assertThat(new HostRule(true).takes(null)).isTrue();
  }
}
