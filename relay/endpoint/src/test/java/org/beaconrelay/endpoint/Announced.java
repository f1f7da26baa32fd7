package org.beaconrelay.endpoint;

import java.io.IOException;
import java.net.Socket;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.Role;

/// A link as a relay sees it that is no real one: it has announced over plain TCP.
record Announced(Role role, Socket socket) {
  static Announced read(Socket socket) throws IOException {
    byte[] announce = socket.getInputStream().readNBytes(Announce.LENGTH);
    if (announce.length < Announce.LENGTH) {
      throw new IOException("no announce");
    }
    return new Announced(announce[5] == Role.BRIDGE.code() ? Role.BRIDGE : Role.BROKER, socket);
  }

  void sayPaired() throws IOException {
    socket.getOutputStream().write(new Frame.Paired(1).toBytes());
  }
}
