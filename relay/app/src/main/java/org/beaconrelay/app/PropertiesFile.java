package org.beaconrelay.app;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;

/// The options that are given in the file of `--config`.
final class PropertiesFile {
  private final OptionSet options;
  private final Path path;
  private final boolean shared;
  private final Problems problems;

  private PropertiesFile(OptionSet options, Path path, boolean shared, Problems problems) {
    this.options = options;
    this.path = path;
    this.shared = shared;
    this.problems = problems;
  }

  /// @param shared whether options of other commands may be in it, too
  static Map<Option, String> read(OptionSet options, Path path, boolean shared, Problems problems) {
    return new PropertiesFile(options, path, shared, problems).read();
  }

  private Map<Option, String> read() {
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
    Map<Option, String> values = new HashMap<>();
    new TreeMap<>(entries).forEach((key, value) -> take((String) key, (String) value, values));
    return values;
  }

  private void take(String key, String value, Map<Option, String> values) {
    Option option = options.ofKey(key);
    if (option == null) {
      if (!shared || !isOfAnotherCommand(key)) {
        problems.add(
            place(key),
            "no option has this name" + DidYouMean.question(key, names(), "; remove it"));
      }
    } else if (option == CommonOption.CONFIG) {
      problems.add(place(key), "a file cannot name another one: remove it");
    } else {
      values.put(option, value);
    }
  }

  private static boolean isOfAnotherCommand(String key) {
    return OptionSet.EVERY.stream().anyMatch(set -> set.ofKey(key) != null);
  }

  private String place(String key) {
    return "file %s key %s".formatted(path, options.ofKey(key) == null ? Quoted.of(key) : key);
  }

  private List<String> names() {
    return options.options().stream()
        .filter(option -> option != CommonOption.CONFIG)
        .map(Option::key)
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
