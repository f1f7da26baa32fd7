package org.beaconrelay.perf.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;
import org.HdrHistogram.SingleWriterRecorder;

/// Times of one kind, second by second and in all, in nanoseconds with three digits of precision.
///
/// **Thread:** one records; one other may ask for intervals.
final class Latencies {
  private static final double NS_PER_US = 1e3;
  private static final int DIGITS = 3;

  private final SingleWriterRecorder recorder = new SingleWriterRecorder(DIGITS);
  private final Histogram total = new Histogram(DIGITS);

  /// Takes a time; one that is less than none, as clocks have it, is none.
  void record(long ns) {
    recorder.recordValue(Math.max(0, ns));
  }

  /// Those since the last call; they are in the total from now on.
  Histogram takeInterval() {
    Histogram interval = recorder.getIntervalHistogram();
    total.add(interval);
    return interval;
  }

  /// All that were taken by intervals.
  Histogram total() {
    return total;
  }

  /// The distribution as HdrHistogram's tools plot it, in microseconds.
  void writePercentiles(Path file) throws IOException {
    try (PrintStream out = new PrintStream(Files.newOutputStream(file))) {
      total.outputPercentileDistribution(out, NS_PER_US);
    }
  }

  /// Writes intervals to a log in HdrHistogram's format (`.hlog`).
  static HistogramLogWriter log(PrintStream out, long startMs) {
    HistogramLogWriter writer = new HistogramLogWriter(out);
    writer.outputLogFormatVersion();
    writer.outputStartTime(startMs);
    writer.setBaseTime(startMs);
    writer.outputLegend();
    return writer;
  }
}
