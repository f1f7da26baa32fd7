package org.beaconrelay.app;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.beaconrelay.app.log.LinkField;
import org.jspecify.annotations.Nullable;

/// What a relay has disclosed.
///
/// @param at when it was asked, as it said it
/// @param links what it said of each; a field that is not there was null
/// @param unwrittenRecords of links that have ended, which its connection log has yet to write
record Disclosure(String at, List<Map<LinkField, String>> links, long unwrittenRecords) {
  private static final Map<String, LinkField> FIELDS =
      Stream.of(LinkField.values()).collect(Collectors.toMap(LinkField::key, field -> field));

  /// Reads the answer of an admin port. It is of this program's own making, so whatever is not
  /// known is a mistake.
  ///
  /// @throws IOException if it is no disclosure, or breaks off
  static Disclosure read(InputStream in) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(in)) {
      require(json.nextToken(), JsonToken.START_OBJECT);
      requireName(json, "at");
      String at = json.nextTextValue();
      requireName(json, "links");
      require(json.nextToken(), JsonToken.START_ARRAY);
      List<Map<LinkField, String>> links = new ArrayList<>();
      while (json.nextToken() == JsonToken.START_OBJECT) {
        links.add(readLink(json));
      }
      require(json.currentToken(), JsonToken.END_ARRAY);
      requireName(json, "unwritten_records");
      require(json.nextToken(), JsonToken.VALUE_NUMBER_INT);
      long unwrittenRecords = json.getLongValue();
      require(json.nextToken(), JsonToken.END_OBJECT);
      if (at == null) {
        throw new IOException("it is no disclosure: nobody knows of what time");
      }
      return new Disclosure(at, links, unwrittenRecords);
    }
  }

  private static Map<LinkField, String> readLink(JsonParser json) throws IOException {
    Map<LinkField, String> link = new EnumMap<>(LinkField.class);
    String key = json.nextFieldName();
    while (key != null) {
      LinkField field = FIELDS.get(key);
      if (field == null) {
        throw new IOException("it is no disclosure of this version: it has a field " + key);
      }
      if (json.nextToken() != JsonToken.VALUE_NULL) {
        link.put(field, json.getText());
      }
      key = json.nextFieldName();
    }
    return link;
  }

  private static void requireName(JsonParser json, String name) throws IOException {
    if (!name.equals(json.nextFieldName())) {
      throw new IOException("it is no disclosure: %s is not there".formatted(name));
    }
  }

  private static void require(@Nullable JsonToken found, JsonToken wanted) throws IOException {
    if (found != wanted) {
      throw new IOException("it is no disclosure: %s instead of %s".formatted(found, wanted));
    }
  }
}
