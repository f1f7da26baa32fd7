package org.beaconrelay.app.log;

import java.io.IOException;

/// Where the lines of a log go.
///
/// **Thread:** one at a time, which it may block. After an exception it can be used on: it then
/// tries anew to open what it writes to.
interface LineTarget extends AutoCloseable {
  /// When the span began that a moment is in: only lines of one span may be written at once. Times
  /// are in milliseconds since 1970.
  long startOfSpan(long ms);

  /// Writes lines of links that ended in the span that began at `spanStartMs`.
  ///
  /// @param lines at most [LogWriter#BATCH_BYTES]
  void write(long spanStartMs, byte[] lines) throws IOException;

  /// Does what has to be done by now, though nothing may be written.
  ///
  /// @return when it has to be called again
  long tend() throws IOException;

  @Override
  void close() throws IOException;
}
