package org.beaconrelay.app;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help;

/// The options in the help of `beacon relay`, by group: picocli's own list is too wide for names as
/// long as these.
final class OptionHelp {
  private static final int COLUMN = 31;
  private static final int WIDTH = 80;

  private OptionHelp() {}

  static String render(Help help) {
    List<String> lines = new ArrayList<>();
    for (RelayOption.Group group : RelayOption.Group.values()) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(
          help.colorScheme().text("@|bold %s|@".formatted(plain(group.heading()))).toString());
      for (RelayOption option : RelayOption.values()) {
        if (option.group() == group) {
          String text = "%s [%s]".formatted(option.meaning(), option.defaultText());
          add(lines, option.flag() + " " + option.valueLabel(), plain(text));
        }
      }
    }
    add(lines, "--help", "Show this help.");
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  private static String plain(String text) {
    return text.replace("`", "");
  }

  private static void add(List<String> lines, String name, String text) {
    StringBuilder line = new StringBuilder("  ").append(name.strip());
    if (line.length() + 2 > COLUMN) {
      lines.add(line.toString());
      line.setLength(0);
    }
    pad(line);
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH) {
        lines.add(line.toString().stripTrailing());
        line.setLength(0);
        pad(line);
      }
      line.append(word).append(' ');
    }
    lines.add(line.toString().stripTrailing());
  }

  private static void pad(StringBuilder line) {
    line.repeat(" ", COLUMN - line.length());
  }
}
