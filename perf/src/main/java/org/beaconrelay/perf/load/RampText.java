package org.beaconrelay.perf.load;

import java.util.Locale;
import org.beaconrelay.perf.TextTable;

/// A [RampResult] for people: a row for each step, and the lines through them.
final class RampText {
  private static final double BYTES_PER_KIB = 1 << 10;

  /// A point that is farther from the line than this part of all growth is no scatter.
  private static final double STRAY = 0.05;

  private RampText() {}

  static String of(RampResult ramp) {
    TextTable table =
        new TextTable(
            ramp.kind().label(),
            "RSS, KiB",
            "kernel, KiB",
            "descriptors",
            "of these, ends of pipes");
    ramp.steps().forEach(step -> addStep(table, step));
    Line rss = ramp.rss();
    Line kernel = ramp.kernel();
    Line descriptors = ramp.descriptors();
    table.add("each", bytes(rss.slope()), bytes(kernel.slope()), decimal(descriptors.slope()), "");
    table.add(
        "none, by the line",
        kib(rss.intercept()),
        kib(kernel.intercept()),
        decimal(descriptors.intercept()),
        "");
    table.add(
        "off the line, at most",
        kib(rss.largestResidual()),
        kib(kernel.largestResidual()),
        decimal(descriptors.largestResidual()),
        "");
    return table.toText() + remarks(ramp, kernel);
  }

  private static String remarks(RampResult ramp, Line kernel) {
    String remarks =
        """

        kernel: of the whole host, by /proc/%s, beyond what the first row had; for each of the generator's own
        sockets %s are taken off, which is what one took that no relay had to do with
        """
            .formatted(ramp.kernelMemory().label(), bytes(ramp.bareEndBytes()));
    double growth = kernel.slope() * ramp.steps().getLast().links();
    return kernel.largestResidual() > STRAY * growth
        ? remarks
            + "note: the kernel's memory did not go with the links: is anything else running?\n"
        : remarks;
  }

  private static void addStep(TextTable table, RampStep step) {
    ProcessPoint process = step.process();
    table.add(
        String.valueOf(step.links()),
        String.valueOf(process.rssKib()),
        kib((double) step.kernelBytes()),
        String.valueOf(process.descriptors()),
        String.valueOf(process.pipeEnds()));
  }

  private static String bytes(double number) {
    return "%d bytes".formatted(Math.round(number));
  }

  private static String kib(double bytes) {
    return String.valueOf(Math.round(bytes / BYTES_PER_KIB));
  }

  private static String decimal(double number) {
    return String.format(Locale.ROOT, "%.3f", number);
  }
}
