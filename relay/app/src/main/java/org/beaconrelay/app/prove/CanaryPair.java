package org.beaconrelay.app.prove;

import java.io.EOFException;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Arrays;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;

/// A bridge's and a broker's link that a relay has paired, which carry a canary from the first byte
/// on.
///
/// **Owns:** both links.
final class CanaryPair implements AutoCloseable {
  private final CanaryLink bridge;
  private final CanaryLink broker;
  private final byte[] canary;

  private CanaryPair(CanaryLink bridge, CanaryLink broker, byte[] canary) {
    this.bridge = bridge;
    this.broker = broker;
    this.canary = canary;
  }

  /// An info_hash that nobody else has.
  static InfoHash randomInfoHash() {
    byte[] bytes = new byte[InfoHash.LENGTH];
    new SecureRandom().nextBytes(bytes);
    return InfoHash.read(bytes, 0);
  }

  /// Makes one; each end sends a canary as early as it may.
  static CanaryPair open(RelayRun relay, LinkMode mode, InfoHash infoHash, byte[] canary)
      throws IOException {
    CanaryLink bridge = CanaryLink.announce(relay, mode, Role.BRIDGE, infoHash, canary);
    try {
      bridge.awaitWaiting();
      CanaryLink broker = CanaryLink.announce(relay, mode, Role.BROKER, infoHash, canary);
      CanaryPair pair = new CanaryPair(bridge, broker, canary);
      try {
        pair.greet();
        return pair;
      } catch (IOException e) {
        pair.close();
        throw e;
      }
    } catch (IOException e) {
      bridge.close();
      throw e;
    }
  }

  private void greet() throws IOException {
    bridge.awaitPaired(canary);
    broker.awaitPaired(canary);
    receive(bridge);
    receive(broker);
  }

  private void receive(CanaryLink link) throws IOException {
    byte[] received = link.in().readNBytes(canary.length);
    if (received.length < canary.length) {
      throw new EOFException("the first bytes of a pair did not come through the relay");
    }
    if (!Arrays.equals(received, canary)) {
      throw new IOException("other bytes came through the relay than were sent");
    }
  }

  CanaryFlow startToBroker(long leastBytes) throws IOException, InterruptedException {
    return CanaryFlow.start(bridge, broker, canary, leastBytes);
  }

  CanaryFlow startToBridge(long leastBytes) throws IOException, InterruptedException {
    return CanaryFlow.start(broker, bridge, canary, leastBytes);
  }

  /// What went through already, while it was made.
  long greetingBytes() {
    return 2L * canary.length;
  }

  /// All that both ends sent before what was each other's.
  long openingBytes() {
    return bridge.openingBytes() + broker.openingBytes();
  }

  @Override
  public void close() throws IOException {
    try (bridge) {
      broker.close();
    }
  }
}
