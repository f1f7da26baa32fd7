package org.beaconrelay.perf.page;

import java.util.Arrays;
import java.util.List;

/// A piece of a [Document].
public sealed interface Block {
  /// A paragraph.
  record Prose(String text) implements Block {}

  /// A paragraph that must not be overlooked.
  record Notice(String text) implements Block {}

  /// Sentences in an order.
  record Steps(List<String> sentences) implements Block {}

  /// The few figures that the report is about.
  record Tiles(List<Tile> tiles) implements Block {}

  /// @param remark what it means, in a few words
  record Tile(String label, Cell figure, String remark) {}

  /// @param caption what is in it; also for those who hear the page
  /// @param rows each as long as `columns`
  record Table(String caption, List<Column> columns, List<List<Cell>> rows) implements Block {}

  /// @param isNumber whether its figures stand one below the other
  record Column(String title, boolean isNumber) {
    public static Column text(String title) {
      return new Column(title, false);
    }

    public static Column number(String title) {
      return new Column(title, true);
    }
  }

  /// What stands in one place of a table.
  record Cell(String text, Tone tone) {
    public static Cell of(String text) {
      return new Cell(text, Tone.PLAIN);
    }

    /// A row of plain ones.
    public static List<Cell> row(String... texts) {
      return Arrays.stream(texts).map(Cell::of).toList();
    }
  }

  /// How good a figure is. Never told by colour alone: the text says it too.
  enum Tone {
    PLAIN,
    GOOD,
    FAIR,
    BAD
  }

  /// Figures of several things beside each other, each with the range in which it lies.
  ///
  /// @param columns titles of the first column, of the figures, and of the notes; one note a bar
  record Bars(String caption, List<Column> columns, List<Bar> bars) implements Block {}

  /// @param low end of the range of `value`, and `high` the other; not a number if unknown
  /// @param figure `value` and its range, in words
  record Bar(String label, double value, double low, double high, String figure, String note) {}

  /// Lines over a common x axis.
  ///
  /// @param summary what there is to be seen, for those who do not see it
  /// @param xs ascending
  record Chart(String title, String summary, Axis x, Axis y, List<Double> xs, List<Line> lines)
      implements Block {}

  /// @param names what stands at 0, 1, 2, …; none where there are numbers
  /// @param max where it ends; not a number if it fits the figures
  record Axis(String label, boolean isLogarithmic, List<String> names, double max) {
    public static Axis of(String label) {
      return new Axis(label, false, List.of(), Double.NaN);
    }

    /// One that is cut off.
    public static Axis upTo(String label, double max) {
      return new Axis(label, false, List.of(), max);
    }

    public static Axis logarithmic(String label) {
      return new Axis(label, true, List.of(), Double.NaN);
    }

    public static Axis named(String label, List<String> names) {
      return new Axis(label, false, names, Double.NaN);
    }
  }

  /// @param colour a number: what has the same one belongs together
  /// @param ys one for each x; not a number where there is none
  record Line(String label, Look look, int colour, List<Double> ys) {}

  /// How a [Line] is drawn.
  enum Look {
    LINE,
    DASHED,
    POINTS,
    /// Something that must not be crossed.
    BOUND
  }
}
