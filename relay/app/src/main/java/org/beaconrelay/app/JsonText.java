package org.beaconrelay.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.Map;

/// JSON, indented for people, out of maps, collections, texts, numbers and truth values.
final class JsonText {
  private static final DefaultIndenter INDENTER = new DefaultIndenter("  ", "\n");

  private JsonText() {}

  /// @throws IllegalArgumentException if something else is in it
  static String of(Object value) {
    StringWriter text = new StringWriter();
    try (JsonGenerator out = new JsonFactory().createGenerator(text)) {
      out.setPrettyPrinter(printer());
      write(out, value);
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes what is written to it", e);
    }
    return text.toString();
  }

  private static DefaultPrettyPrinter printer() {
    Separators separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
            .withArrayEmptySeparator("")
            .withObjectEmptySeparator("");
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter(separators);
    printer.indentArraysWith(INDENTER);
    printer.indentObjectsWith(INDENTER);
    return printer;
  }

  private static void write(JsonGenerator out, Object value) throws IOException {
    switch (value) {
      case Map<?, ?> map -> {
        out.writeStartObject();
        for (Map.Entry<?, ?> entry : map.entrySet()) {
          out.writeFieldName(entry.getKey().toString());
          write(out, entry.getValue());
        }
        out.writeEndObject();
      }
      case Collection<?> values -> {
        out.writeStartArray();
        for (Object one : values) {
          write(out, one);
        }
        out.writeEndArray();
      }
      case String text -> out.writeString(text);
      case Integer number -> out.writeNumber(number);
      case Long number -> out.writeNumber(number);
      case Boolean truth -> out.writeBoolean(truth);
      default -> throw new IllegalArgumentException("not for JSON: " + value.getClass());
    }
  }
}
