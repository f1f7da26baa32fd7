package org.beaconrelay.endpoint;

import java.io.IOException;
import java.net.Socket;

/// How sockets end.
final class Sockets {
  private Sockets() {}

  /// Closes a socket. Whatever that has to say comes too late to matter.
  static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // The descriptor is gone all the same (close(2)), and nobody waits for the outcome.
    }
  }

  /// Ends a connection with a reset, so that nobody takes it for complete.
  static void reset(Socket socket) {
    try {
      socket.setSoLinger(true, 0);
    } catch (IOException e) {
      // It is closed already.
    }
    close(socket);
  }
}
