package org.beaconrelay.app;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;

/// The options that are given in the file of `--config`.
final class PropertiesFile {
  private final Path path;
  private final Problems problems;

  private PropertiesFile(Path path, Problems problems) {
    this.path = path;
    this.problems = problems;
  }

  static Map<RelayOption, String> read(Path path, Problems problems) {
    return new PropertiesFile(path, problems).read();
  }

  private Map<RelayOption, String> read() {
    Entries entries = new Entries();
    try (Reader reader = Files.newBufferedReader(path)) {
      entries.load(reader);
    } catch (IOException e) {
      problems.add("file " + path, "cannot be read: " + IoProblems.text(e));
    } catch (IllegalArgumentException e) {
      problems.add("file " + path, "is no properties file: " + e.getMessage());
    }
    for (String key : entries.repeated) {
      problems.add(
          place(key), "is there more than once; several values go on one line, with commas");
    }
    Map<RelayOption, String> values = new EnumMap<>(RelayOption.class);
    new TreeMap<>(entries).forEach((key, value) -> take((String) key, (String) value, values));
    return values;
  }

  private void take(String key, String value, Map<RelayOption, String> values) {
    RelayOption option = RelayOption.ofKey(key);
    if (option == null) {
      problems.add(
          place(key), "no option has this name" + DidYouMean.question(key, names(), "; remove it"));
    } else if (option == RelayOption.CONFIG) {
      problems.add(place(key), "a file cannot name another one: remove it");
    } else {
      values.put(option, value);
    }
  }

  private String place(String key) {
    return "file %s key %s".formatted(path, RelayOption.ofKey(key) == null ? Quoted.of(key) : key);
  }

  private static List<String> names() {
    return Arrays.stream(RelayOption.values())
        .filter(option -> option != RelayOption.CONFIG)
        .map(RelayOption::key)
        .toList();
  }

  /// Properties that notice when a key comes twice: usually the last one wins, without a word.
  private static final class Entries extends Properties {
    private static final long serialVersionUID = 1L;

    private final transient TreeSet<String> repeated = new TreeSet<>();

    @Override
    public synchronized Object put(Object key, Object value) {
      if (containsKey(key)) {
        repeated.add((String) key);
      }
      return super.put(key, value);
    }
  }
}
