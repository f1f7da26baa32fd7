package org.beaconrelay.perf;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.NullNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Writes maps, lists, texts, numbers and truth values as JSON, and reads them.
public final class Json {
  /// Stands for what is not known.
  public static final Object NULL = NullNode.getInstance();

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final DefaultPrettyPrinter LINES =
      new DefaultPrettyPrinter(
              Separators.createDefaultInstance()
                  .withObjectFieldValueSpacing(Separators.Spacing.NONE))
          .withObjectIndenter(new DefaultIndenter("  ", "\n"));

  private Json() {}

  /// Writes it for people too: each entry on a line of its own.
  ///
  /// @param value made of `Map`, `List`, `String`, `Number`, `Boolean` and [#NULL]
  public static String write(Object value) {
    try {
      return MAPPER.writer(LINES).writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("no JSON for " + value.getClass(), e);
    }
  }

  /// Reads a file.
  ///
  /// @throws RunFailedException if it cannot be read, or is no JSON
  public static JsonNode read(Path file) throws RunFailedException {
    try {
      return MAPPER.readTree(Files.readString(file));
    } catch (JsonProcessingException e) {
      throw new RunFailedException(
          "%s is no JSON: %s"
              .formatted(file, e.getOriginalMessage().lines().findFirst().orElse("")));
    } catch (IOException e) {
      throw new RunFailedException("cannot read " + file, e);
    }
  }
}
