package org.beaconrelay.perf.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.beaconrelay.perf.RunFailedException;

/// nginx with its stream module, as configured in `perf/peers/nginx-stream.conf`.
final class Nginx implements Peer {
  private static final String CONFIGURATION = "nginx.conf";

  @Override
  public List<Requirement> requirements() {
    return List.of(
        new Requirement("nginx", "nginx-light"),
        new Requirement("/usr/lib/nginx/modules/ngx_stream_module.so", "libnginx-mod-stream"));
  }

  @Override
  public List<String> versionCommand() {
    return List.of("nginx", "-v");
  }

  @Override
  public RunningRelay start(Site site)
      throws IOException, InterruptedException, RunFailedException {
    String template = Files.readString(site.peerFile("nginx-stream.conf"));
    DialBack opener = DialBack.ofRelay();
    Launch launch =
        new Launch(
            "nginx",
            List.of("nginx", "-p", ".", "-e", "stderr", "-c", CONFIGURATION),
            Map.of(),
            Map.of(CONFIGURATION, opener.fillIn(template)));
    return RunningRelay.start(launch, site.pinning(), opener);
  }
}
