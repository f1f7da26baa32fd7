package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class JsonTextTest {
  @Test
  void writesWhatThereIs() {
    Map<String, Object> inner = new LinkedHashMap<>();
    inner.put("number", 1L << 40);
    inner.put("truth", true);
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("text", "a \"b\" \\ \n \u0001 é");
    value.put("list", List.of("x", 2));
    value.put("inner", inner);
    value.put("none", List.of());
    assertThat(JsonText.of(value))
        .isEqualTo(
            """
            {
              "text": "a \\"b\\" \\\\ \\n \\u0001 é",
              "list": [
                "x",
                2
              ],
              "inner": {
                "number": 1099511627776,
                "truth": true
              },
              "none": []
            }\
            """);
  }

  @Test
  void writesNothingElse() {
    assertThatThrownBy(() -> JsonText.of(1.5)).isInstanceOf(IllegalArgumentException.class);
  }
}
