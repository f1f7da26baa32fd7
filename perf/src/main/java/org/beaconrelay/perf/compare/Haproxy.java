package org.beaconrelay.perf.compare;

import java.io.IOException;
import java.util.List;
import org.beaconrelay.perf.RunFailedException;

/// HAProxy as configured in `perf/peers/haproxy-splice.cfg`.
final class Haproxy implements Peer {
  @Override
  public List<Requirement> requirements() {
    return List.of(new Requirement("haproxy", "haproxy"));
  }

  @Override
  public List<String> versionCommand() {
    return List.of("haproxy", "-v");
  }

  @Override
  public RunningRelay start(Site site)
      throws IOException, InterruptedException, RunFailedException {
    String configuration = site.peerFile("haproxy-splice.cfg").toString();
    DialBack opener = DialBack.ofRelay();
    return RunningRelay.start(
        new Launch("haproxy", List.of("haproxy", "-db", "-f", configuration), opener.ports()),
        site.pinning(),
        opener);
  }
}
