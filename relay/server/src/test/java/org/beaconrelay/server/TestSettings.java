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
  Transport transport = Transport.valueOf(System.getProperty("beacon.transport", "EPOLL"));
  int eventLoops = 2;
  DataPath dataPath = DataPath.SPLICE;
  int pipeSizeBytes = RelaySettings.DEFAULT_PIPE_SIZE_BYTES;
  long pipeBudgetBytes = 64 << 20;
  int maxPipes = 128;
  int maxLinks = 2_000;
  int maxWaitingPerHash = RelaySettings.DEFAULT_MAX_WAITING_PER_HASH;
  Duration handshakeTimeout = RelaySettings.DEFAULT_HANDSHAKE_TIMEOUT;
  Duration maxWait = Duration.ZERO;
  Duration idleTimeout = Duration.ZERO;
  Duration halfCloseTimeout = RelaySettings.DEFAULT_HALF_CLOSE_TIMEOUT;
  Duration drainTimeout = RelaySettings.DEFAULT_DRAIN_TIMEOUT;

  RelaySettings toSettings() {
    assumeThat(transport.fault()).as("why there is no " + transport.label()).isNull();
    return new RelaySettings(
        List.of(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)),
        outerTls,
        tunnel,
        requireProof,
        transport,
        eventLoops,
        dataPath,
        pipeSizeBytes,
        pipeBudgetBytes,
        maxPipes,
        maxLinks,
        maxWaitingPerHash,
        handshakeTimeout,
        maxWait,
        idleTimeout,
        halfCloseTimeout,
        Keepalive.DEFAULT,
        RelaySettings.DEFAULT_USER_TIMEOUT,
        drainTimeout);
  }
}
