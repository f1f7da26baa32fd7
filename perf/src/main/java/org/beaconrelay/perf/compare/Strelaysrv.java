package org.beaconrelay.perf.compare;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.beaconrelay.perf.RunFailedException;

/// Syncthing's relay, on one core. It announces itself nowhere.
final class Strelaysrv implements Peer {
  private static final String PROGRAM = "strelaysrv";

  @Override
  public List<Requirement> requirements() {
    return List.of(new Requirement(PROGRAM, "syncthing-relaysrv"));
  }

  @Override
  public List<String> versionCommand() {
    return List.of(PROGRAM, "-version");
  }

  /// Clients of it are known by their certificate, which is made here.
  @Override
  public void prepare(Site site) throws IOException, InterruptedException, RunFailedException {
    Path store = keyStore(site);
    Files.createDirectories(store.getParent());
    Files.deleteIfExists(store);
    Tool.run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-dname",
            "CN=compare",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            StrelaysrvClient.PASSWORD),
        Map.of());
  }

  @Override
  public RunningRelay start(Site site)
      throws IOException, InterruptedException, RunFailedException {
    InetSocketAddress address = FreePort.find();
    List<String> command =
        List.of(
            PROGRAM,
            "-pools=",
            "-status-srv=",
            "-listen=127.0.0.1:" + address.getPort(),
            // Not to end, nor to be pinged, while it is measured.
            "-network-timeout=1h",
            "-ping-interval=1h");
    return RunningRelay.start(
        new Launch(PROGRAM, command, Map.of("GOMAXPROCS", "1")),
        site.pinning(),
        StrelaysrvClient.of(address, keyStore(site)));
  }

  private static Path keyStore(Site site) {
    return site.made().resolve("strelaysrv-client.p12");
  }
}
