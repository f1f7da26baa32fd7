package org.beaconrelay.app.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/// Is told what a log could not do, at most once a minute. It may block.
public interface LogListener {
  /// Records are lost.
  ///
  /// @param why null if they came faster than they could be written
  void onDropped(long records, @Nullable IOException why);

  /// Something else could not be done, and will be tried again.
  void onTrouble(String what, IOException why);
}
