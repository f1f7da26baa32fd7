package org.beaconrelay.app;

import java.io.IOException;
import org.beaconrelay.app.log.LogListener;
import org.jspecify.annotations.Nullable;

/// Tells on standard error what the connection log could not do.
record LogWarnings(Terminal terminal) implements LogListener {
  @Override
  public void onDropped(long records, @Nullable IOException why) {
    tell(
        (records == 1 ? "1 record" : records + " records") + " dropped",
        why == null ? "links end faster than they can be logged" : IoProblems.text(why));
  }

  @Override
  public void onTrouble(String what, IOException why) {
    tell(what, IoProblems.text(why));
  }

  private void tell(String what, String why) {
    terminal.warn("connection log: %s: %s".formatted(what, why));
  }
}
