package org.beaconrelay.app.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.function.UnaryOperator;

/// Prints the demo for a person to read: headings, and names with what is to be said of them.
public final class Story {
  private static final int NAME_WIDTH = 10;
  private static final int WIDTH = 88;
  private static final String INDENT = "   ";

  private final PrintStream out;
  private final UnaryOperator<String> emphasis;

  /// @param emphasis makes a heading stand out where the screen can
  public Story(PrintStream out, UnaryOperator<String> emphasis) {
    this.out = out;
    this.emphasis = emphasis;
  }

  void heading(String text) {
    out.println();
    out.println(emphasis.apply(text));
    out.flush();
  }

  /// A name, and what is to be said of it, broken into lines.
  void say(String name, String what) {
    StringBuilder line = new StringBuilder(INDENT).append(name);
    line.repeat(" ", Math.max(1, NAME_WIDTH - name.length()));
    int column = INDENT.length() + NAME_WIDTH;
    boolean begun = false;
    for (String word : what.split(" ", -1)) {
      if (begun && line.length() + 1 + word.length() > WIDTH) {
        out.println(line);
        line.setLength(0);
        line.repeat(" ", column);
        begun = false;
      }
      line.append(begun ? " " : "").append(word);
      begun = true;
    }
    out.println(line);
    out.flush();
  }

  /// Rows of the form `name: what`; a name that was just said is not said again.
  void rows(List<String> rows) {
    String previous = "";
    for (String row : rows) {
      int colon = row.indexOf(": ");
      String name = row.substring(0, colon);
      say(name.equals(previous) ? "" : name, row.substring(colon + 2));
      previous = name;
    }
  }
}
