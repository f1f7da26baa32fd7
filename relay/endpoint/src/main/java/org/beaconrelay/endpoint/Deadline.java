package org.beaconrelay.endpoint;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;

/// Ends a socket that takes too long, however busy it is: the time-out of a single read is never
/// reached by who sends a byte now and then.
///
/// **Thread:** one that uses it, and one of its own.
final class Deadline implements AutoCloseable {
  private final Thread watch;
  private volatile boolean passed;

  private Deadline(Socket socket, Duration atMost) {
    this.watch =
        Thread.ofVirtual()
            .name("beacon-deadline")
            .start(
                () -> {
                  try {
                    Thread.sleep(atMost);
                    passed = true;
                    Sockets.reset(socket);
                  } catch (InterruptedException e) {
                    // In time.
                  }
                });
  }

  /// From now on.
  static Deadline of(Socket socket, Duration atMost) {
    return new Deadline(socket, atMost);
  }

  /// Why something failed: because of this, or for a reason of its own.
  IOException explain(IOException problem) {
    return passed ? new SocketTimeoutException("no answer in time") : problem;
  }

  /// It is done, whether in time or not. Idempotent.
  @Override
  public void close() {
    watch.interrupt();
  }
}
