package org.beaconrelay.app;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;

/// The options in the help of a command, by group: picocli's own list is too wide for names as long
/// as these. A class rather than a lambda: that would link picocli's interface, which is older than
/// the JVM's verifier, and so keep it and all that implements it out of the class-data archive.
record OptionHelp(List<Option> options) implements IHelpSectionRenderer {
  private static final int COLUMN = 31;
  private static final int WIDTH = 80;

  @Override
  public String render(Help help) {
    List<String> lines = new ArrayList<>();
    for (OptionGroup group : OptionGroup.values()) {
      List<Option> members =
          options.stream().filter(option -> option.text().group() == group).toList();
      if (members.isEmpty()) {
        continue;
      }
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(
          help.colorScheme().text("@|bold %s|@".formatted(plain(group.heading()))).toString());
      for (Option option : members) {
        OptionText text = option.text();
        add(lines, option.usage(), plain(text.meaning() + " [" + text.defaultText() + "]"));
      }
    }
    add(lines, "--help", "Show this help.");
    return String.join(System.lineSeparator(), lines) + System.lineSeparator();
  }

  private static String plain(String text) {
    return text.replace("`", "");
  }

  private static void add(List<String> lines, String name, String text) {
    StringBuilder line = new StringBuilder("  ").append(name);
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
