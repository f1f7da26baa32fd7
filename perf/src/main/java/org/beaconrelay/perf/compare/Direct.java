package org.beaconrelay.perf.compare;

import java.io.IOException;

/// No relay: what the sockets of this host do by themselves.
final class Direct implements Peer {
  @Override
  public RunningRelay start(Site site) throws IOException {
    return new RunningRelay(null, DialBack.direct());
  }
}
