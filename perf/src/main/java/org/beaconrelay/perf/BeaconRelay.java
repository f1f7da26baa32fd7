package org.beaconrelay.perf;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// `./beacon relay`: both ends of a pair dial in and announce.
record BeaconRelay(RelayProcess process, InetSocketAddress address) implements RunningRelay {
  private static final List<String> ARGUMENTS =
      List.of("relay", "--listen", "127.0.0.1:0", "--tls", "off", "--event-loops", "1");
  private static final Pattern READY =
      Pattern.compile("^ready listen=\\S+:(\\d+)\\s", Pattern.MULTILINE);

  static BeaconRelay start(Path root, Pinning pinning)
      throws IOException, InterruptedException, RunFailedException {
    List<String> command = pinning.relayCommand(root.resolve("beacon").toString(), ARGUMENTS);
    RelayProcess process = RelayProcess.start(Contender.BEACON.label(), command, Map.of());
    try {
      int port = process.await(() -> readyPort(process.output()));
      process.requireProgram("java");
      InetAddress loopback = InetAddress.getLoopbackAddress();
      return new BeaconRelay(process, new InetSocketAddress(loopback, port));
    } catch (IOException | InterruptedException | RunFailedException e) {
      process.close();
      throw e;
    }
  }

  static Optional<Integer> readyPort(String output) {
    Matcher ready = READY.matcher(output);
    return ready.find() ? Optional.of(Integer.valueOf(ready.group(1))) : Optional.empty();
  }

  @Override
  public Pair openPair() throws IOException, RunFailedException {
    return RelayLinks.openPair(address);
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
