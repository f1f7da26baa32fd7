package org.beaconrelay.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// All that a relay has to know before it starts: plain values, validated, read once.
///
/// [Duration#ZERO] switches a timeout off.
///
/// @param listen where to accept links; port 0 picks one; at least one
/// @param outerTls who the relay is inside outer TLS; null = plain TCP
/// @param tunnel whether endpoints may keep their outer TLS on (TUNNEL), which takes their bytes
///   through the memory of this process; their buffers come on top of the pipes, as many and as
///   much at most
/// @param requireProof whether endpoints must prove that they hold a certificate of their bridge CA
/// @param transport how the kernel says what is ready
/// @param eventLoops number of shards, 1 to 1024
/// @param dataPath how relayed bytes travel
/// @param pipeSizeBytes wanted capacity of a pipe, 4 KiB to 1 GiB; the kernel may grant less
/// @param pipeBudgetBytes capacity that all pipes together may have, at least 64 KiB a shard
/// @param maxPipes pipes that may exist at once, at least 2 a shard; each takes two descriptors
/// @param maxLinks links that may be open at once, at least 2
/// @param maxWaitingPerHash waiting links for one info_hash and role, at least 1
/// @param handshakeTimeout from accept to whole announce, its proof included, and again from PAIRED
///   to the end of the outer TLS
/// @param maxWait longest wait for a counterpart
/// @param idleTimeout longest time without a byte in either direction of a pair
/// @param halfCloseTimeout longest time without a byte after the first FIN of a pair
/// @param keepalive when TCP probes a silent link
/// @param userTimeout how long sent bytes may stay unacknowledged (TCP_USER_TIMEOUT)
/// @param drainTimeout how long pairs may go on once the relay was told to stop
public record RelaySettings(
    List<InetSocketAddress> listen,
    @Nullable TlsIdentity outerTls,
    boolean tunnel,
    boolean requireProof,
    Transport transport,
    int eventLoops,
    DataPath dataPath,
    int pipeSizeBytes,
    long pipeBudgetBytes,
    int maxPipes,
    int maxLinks,
    int maxWaitingPerHash,
    Duration handshakeTimeout,
    Duration maxWait,
    Duration idleTimeout,
    Duration halfCloseTimeout,
    Keepalive keepalive,
    Duration userTimeout,
    Duration drainTimeout) {

  public static final int DEFAULT_PIPE_SIZE_BYTES = 1 << 20;
  public static final int DEFAULT_MAX_WAITING_PER_HASH = 256;
  public static final Duration DEFAULT_HANDSHAKE_TIMEOUT = Duration.ofSeconds(10);
  public static final Duration DEFAULT_HALF_CLOSE_TIMEOUT = Duration.ofMinutes(5);
  public static final Duration DEFAULT_USER_TIMEOUT = Duration.ofSeconds(60);
  public static final Duration DEFAULT_DRAIN_TIMEOUT = Duration.ofSeconds(30);

  /// @throws IllegalArgumentException naming the first value that is out of range
  public RelaySettings {
    listen = List.copyOf(listen);
    require(!listen.isEmpty(), "listen needs at least one address");
    require(eventLoops >= 1 && eventLoops <= 1024, "eventLoops is 1 to 1024");
    require(pipeSizeBytes >= 4096 && pipeSizeBytes <= 1 << 30, "pipeSizeBytes is 4 KiB to 1 GiB");
    require(pipeBudgetBytes >= 65_536L * eventLoops, "pipeBudgetBytes is at least 64 KiB a shard");
    require(maxPipes >= 2 * eventLoops, "maxPipes is at least 2 a shard");
    require(maxLinks >= 2, "maxLinks is at least 2");
    require(maxWaitingPerHash >= 1, "maxWaitingPerHash is at least 1");
    for (Duration timeout :
        List.of(
            handshakeTimeout, maxWait, idleTimeout, halfCloseTimeout, userTimeout, drainTimeout)) {
      require(!timeout.isNegative(), "a timeout is not negative");
    }
  }

  private static void require(boolean condition, String rule) {
    if (!condition) {
      throw new IllegalArgumentException(rule);
    }
  }
}
