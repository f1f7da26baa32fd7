package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// [Quoted], [KeyValueLine], [DidYouMean].
final class TextTest {
  private static final List<String> NAMES = List.of("listen", "max-wait", "max-links", "tls");

  @Test
  void quotesWithoutAnythingThatATerminalObeys() {
    assertThat(Quoted.of("a \"b\" \\ é\n\u001b[31m\u202e"))
        .isEqualTo("\"a \\\"b\\\" \\\\ é\\u{a}\\u{1b}[31m\\u{202e}\"");
  }

  @Test
  void quotesNoMoreThanALine() {
    assertThat(Quoted.of("x".repeat(10_000))).isEqualTo("\"" + "x".repeat(200) + "…\"");
  }

  @Test
  void writesKeyValueLines() {
    assertThat(new KeyValueLine("ready").add("a", "1,2").add("b", "x y", "(flag)").add("c", ""))
        .hasToString("ready a=1,2 b=\"x y\"(flag) c=");
  }

  @ParameterizedTest
  @CsvSource({"lisen, listen", "maxwait, max-wait", "max_links, max-links", "tsl, ''", "x, ''"})
  void guessesNearNames(String word, String name) {
    assertThat(DidYouMean.question(word, NAMES, "!"))
        .isEqualTo(name.isEmpty() ? "!" : "; did you mean " + name + "?");
  }
}
