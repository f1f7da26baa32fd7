package org.beaconrelay.perf.compare;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.beaconrelay.perf.RunFailedException;

/// The relay of `perf/peers/go-copy`, on one core.
final class GoCopy implements Peer {
  private static final String PROGRAM = "go-copy";

  @Override
  public List<Requirement> requirements() {
    return List.of(new Requirement("go", "golang-go"));
  }

  @Override
  public List<String> versionCommand() {
    return List.of("go", "version");
  }

  @Override
  public void prepare(Site site) throws IOException, InterruptedException, RunFailedException {
    Path cache = site.made().resolve("go-cache");
    Tool.run(
        List.of(
            "go",
            "build",
            "-o",
            program(site).toString(),
            site.peerFile(PROGRAM).resolve("main.go").toString()),
        // No modules: nothing but the standard library, and nothing from the network.
        Map.of("GO111MODULE", "off", "CGO_ENABLED", "0", "GOCACHE", cache.toString()));
  }

  @Override
  public RunningRelay start(Site site)
      throws IOException, InterruptedException, RunFailedException {
    DialBack opener = DialBack.ofRelay();
    Launch launch = new Launch(PROGRAM, List.of(program(site).toString()), opener.ports());
    return RunningRelay.start(launch, site.pinning(), opener);
  }

  private static Path program(Site site) {
    return site.made().resolve(PROGRAM);
  }
}
