package org.beaconrelay.app;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;

/// Finds what somebody may have meant who mistyped a name.
final class DidYouMean {
  /// In a word as short as that two mistakes leave too little to guess from.
  private static final int SHORT = 6;

  private DidYouMean() {}

  /// `; did you mean …?`, or something else if no name is near.
  static String question(String word, Collection<String> names, String otherwise) {
    int tolerance = word.length() < SHORT ? 1 : 2;
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(word, name)))
        .filter(name -> distance(word, name) <= tolerance)
        .map(name -> "; did you mean " + name + "?")
        .orElse(otherwise);
  }

  /// Levenshtein's: letters to insert, delete or replace.
  private static int distance(String from, String to) {
    int[] previous = new int[to.length() + 1];
    Arrays.setAll(previous, i -> i);
    for (int i = 1; i <= from.length(); i++) {
      int[] current = new int[to.length() + 1];
      current[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = previous[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replaced, 1 + Math.min(previous[j], current[j - 1]));
      }
      previous = current;
    }
    return previous[to.length()];
  }
}
