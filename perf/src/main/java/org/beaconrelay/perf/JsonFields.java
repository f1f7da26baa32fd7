package org.beaconrelay.perf;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/// The fields of a JSON object that have to be there. What is missing is named with its whole path.
///
/// @param path of the object: empty, or with a dot at its end
public record JsonFields(JsonNode node, String path) {
  private interface Kind {
    boolean fits(JsonNode node);
  }

  private JsonNode field(String name, Kind kind, String what) throws RunFailedException {
    JsonNode field = node.path(name);
    if (!kind.fits(field)) {
      throw new RunFailedException(
          "%s%s is %s".formatted(path, name, field.isMissingNode() ? "missing" : "not " + what));
    }
    return field;
  }

  public boolean has(String name) {
    return node.hasNonNull(name);
  }

  public JsonFields object(String name) throws RunFailedException {
    return new JsonFields(field(name, JsonNode::isObject, "an object"), path + name + ".");
  }

  public List<JsonFields> objects(String name) throws RunFailedException {
    List<JsonFields> objects = new ArrayList<>();
    for (JsonNode element : field(name, JsonNode::isArray, "a list")) {
      objects.add(new JsonFields(element, "%s%s[%d].".formatted(path, name, objects.size())));
    }
    return objects;
  }

  /// All of them, by name.
  public Map<String, JsonFields> objects() throws RunFailedException {
    Map<String, JsonFields> objects = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      objects.put(field.getKey(), object(field.getKey()));
    }
    return objects;
  }

  public String text(String name) throws RunFailedException {
    return field(name, JsonNode::isTextual, "a text").asText();
  }

  public boolean truth(String name) throws RunFailedException {
    return field(name, JsonNode::isBoolean, "true or false").asBoolean();
  }

  /// A number that is finite.
  public double number(String name) throws RunFailedException {
    return field(name, JsonNode::isNumber, "a number").asDouble();
  }

  /// A number, or NaN where it is written so, as a text.
  public double numberOrNaN(String name) throws RunFailedException {
    return node.path(name).asText().equals("NaN") ? Double.NaN : number(name);
  }

  public OptionalDouble numberIfAny(String name) throws RunFailedException {
    return has(name) ? OptionalDouble.of(number(name)) : OptionalDouble.empty();
  }

  /// All texts and numbers in it, as text.
  public Map<String, String> texts() {
    Map<String, String> texts = new LinkedHashMap<>();
    node.properties().forEach(field -> texts.put(field.getKey(), field.getValue().asText()));
    return texts;
  }

  /// All numbers in it.
  public Map<String, Double> numbers() throws RunFailedException {
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> field : node.properties()) {
      numbers.put(field.getKey(), number(field.getKey()));
    }
    return numbers;
  }
}
