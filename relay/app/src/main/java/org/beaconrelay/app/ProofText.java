package org.beaconrelay.app;

import java.io.PrintStream;
import java.util.Locale;
import org.beaconrelay.app.prove.Claim;
import org.beaconrelay.app.prove.Verdict;

/// A proof as a person reads it, claim by claim as they are decided.
final class ProofText {
  private static final int NAME_WIDTH = 12;
  private static final int WIDTH = 100;

  private final PrintStream out;
  private int claims;
  private int held;

  ProofText(PrintStream out) {
    this.out = out;
  }

  void begin(ProofHeader header) {
    out.println("beacon prove: what a relay does with what it passes on");
    out.println();
    say("date", header.date().toString());
    say(
        "host",
        "%s %s, %d cores".formatted(header.kernel(), header.architecture(), header.cores()));
    say("user", header.user());
    out.println(name("program") + String.join(" ", header.program()));
    header.version().forEach(this::say);
    say("canary", header.canary());
    out.flush();
  }

  void add(Claim claim) {
    claims++;
    held += claim.verdict() == Verdict.HELD ? 1 : 0;
    out.println();
    wrap("%d. %s:".formatted(claims, claim.verdict().text()), 3, claim.text());
    say("claim", claim.id());
    say("method", claim.method());
    claim.commands().forEach(command -> out.println(name("ran") + command));
    claim.figures().forEach((name, value) -> say("figure", name + " " + figure(value)));
    say("verdict", claim.verdict().text() + ". " + claim.why());
    out.flush();
  }

  private static String figure(Object value) {
    return value instanceof Long number
        ? String.format(Locale.ROOT, "%,d", number)
        : value.toString();
  }

  void end() {
    out.println();
    out.println(
        held == claims
            ? "ALL HELD: %d of %d claims".formatted(held, claims)
            : "NOT ALL HELD: %d of %d claims".formatted(held, claims));
  }

  private void say(String name, String what) {
    wrap(name(name).stripTrailing(), name(name).length(), what);
  }

  private static String name(String name) {
    return "   " + name + " ".repeat(Math.max(0, NAME_WIDTH - name.length())) + " ";
  }

  /// @param begin of the first line
  /// @param column where words stand, in the first line if there is room
  private void wrap(String begin, int column, String what) {
    StringBuilder line = new StringBuilder(begin);
    line.repeat(" ", Math.max(1, column - line.length()));
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
  }
}
