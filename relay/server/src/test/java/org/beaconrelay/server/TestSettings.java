package org.beaconrelay.server;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Settings of a relay under test: ordinary ones, of which a test changes what it is about.
final class TestSettings {
  @Nullable TlsIdentity outerTls;
  boolean tunnel;
  boolean requireProof;
  AccessSettings access = AccessSettings.OPEN;
  Transport transport = Transport.valueOf(System.getProperty("beacon.transport", "EPOLL"));
  int eventLoops = 2;
  DataPath dataPath = DataPath.SPLICE;
  int pipeSizeBytes = EngineSettings.DEFAULT_PIPE_SIZE_BYTES;
  long pipeBudgetBytes = 64 << 20;
  int maxPipes = 128;
  int maxLinks = 2_000;
  int maxLinksPerAddress = LimitSettings.DEFAULT_MAX_LINKS_PER_ADDRESS;
  int maxPending = LimitSettings.DEFAULT_MAX_PENDING;
  int maxPendingPerAddress = LimitSettings.DEFAULT_MAX_PENDING_PER_ADDRESS;
  int announceRatePerAddress = LimitSettings.DEFAULT_ANNOUNCE_RATE_PER_ADDRESS;
  int maxWaitingPerHash = LimitSettings.DEFAULT_MAX_WAITING_PER_HASH;
  long bytesPerSecondPerPair;
  long bytesPerSecond;
  Duration handshakeTimeout = TimeoutSettings.DEFAULT.handshake();
  Duration maxWait = Duration.ZERO;
  Duration idleTimeout = Duration.ZERO;
  Duration halfCloseTimeout = TimeoutSettings.DEFAULT.halfClose();
  Duration drainTimeout = TimeoutSettings.DEFAULT.drain();

  RelaySettings toSettings() {
    assumeThat(transport.fault()).as("why there is no " + transport.label()).isNull();
    return new RelaySettings(
        new ListenSettings(
            List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
            outerTls,
            tunnel,
            requireProof),
        access,
        new EngineSettings(
            transport, eventLoops, dataPath, pipeSizeBytes, pipeBudgetBytes, maxPipes),
        new LimitSettings(
            maxLinks,
            maxLinksPerAddress,
            maxPending,
            maxPendingPerAddress,
            maxWaitingPerHash,
            announceRatePerAddress,
            bytesPerSecondPerPair,
            bytesPerSecond),
        new TimeoutSettings(
            handshakeTimeout,
            maxWait,
            idleTimeout,
            halfCloseTimeout,
            Keepalive.DEFAULT,
            TimeoutSettings.DEFAULT.user(),
            drainTimeout));
  }
}
