package org.beaconrelay.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Two connections joined: what comes on one goes out on the other, an end as an end, a reset as a
/// reset. Whoever reads slowly slows the other down.
///
/// **Thread:** the one that runs it, and one of its own; any may [#reset] it. **Owns:** both
/// connections.
final class Exchange {
  private static final int BUFFER_BYTES = 32 << 10;

  /// One of the two.
  ///
  /// @param stream where bytes are read and written
  /// @param transport the TCP connection beneath TLS; the stream itself where there is none
  record Side(Socket stream, Socket transport) {
    static Side plain(Socket socket) {
      return new Side(socket, socket);
    }
  }

  private final Side caller;
  private final Side callee;
  private final AtomicReference<@Nullable IOException> failure = new AtomicReference<>();
  private volatile boolean answered;

  /// @param caller the side that wanted the connection
  Exchange(Side caller, Side callee) {
    this.caller = caller;
    this.callee = callee;
  }

  /// Hands bytes on until both directions have ended, and closes both sides.
  ///
  /// @throws IOException if one of them broke: both were reset
  void run() throws IOException {
    Thread back = Thread.ofVirtual().name("beacon-exchange").start(() -> handOn(callee, caller));
    handOn(caller, callee);
    join(back);
    IOException broken = failure.get();
    if (broken != null) {
      throw broken;
    }
    Sockets.close(caller.transport());
    Sockets.close(callee.transport());
  }

  private void join(Thread back) {
    boolean interrupted = false;
    while (back.isAlive()) {
      try {
        back.join();
      } catch (InterruptedException e) {
        interrupted = true;
        reset();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void handOn(Side source, Side sink) {
    boolean ended = false;
    try {
      InputStream in = source.stream().getInputStream();
      OutputStream out = sink.stream().getOutputStream();
      byte[] buffer = new byte[BUFFER_BYTES];
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        answered |= source.equals(callee);
        out.write(buffer, 0, length);
      }
      sink.stream().shutdownOutput();
      ended = true;
    } catch (IOException e) {
      failure.compareAndSet(null, e);
    } finally {
      if (!ended) {
        reset();
      }
    }
  }

  /// Whether the callee has said anything.
  boolean isAnswered() {
    return answered;
  }

  /// Ends both at once, beneath TLS: JSSE would say a close_notify first, and what is cut off would
  /// look complete.
  void reset() {
    Sockets.reset(caller.transport());
    Sockets.reset(callee.transport());
  }
}
