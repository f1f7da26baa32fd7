package org.beaconrelay.app;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.beaconrelay.app.log.LogSettings;
import org.beaconrelay.server.AccessSettings;
import org.beaconrelay.server.DataPath;
import org.beaconrelay.server.DescriptorNeeds;
import org.beaconrelay.server.DescriptorPlan;
import org.beaconrelay.server.EngineSettings;
import org.beaconrelay.server.HeapNeeds;
import org.beaconrelay.server.Keepalive;
import org.beaconrelay.server.LimitSettings;
import org.beaconrelay.server.ListenSettings;
import org.beaconrelay.server.RelaySettings;
import org.beaconrelay.server.TimeoutSettings;
import org.beaconrelay.server.Transport;
import org.jspecify.annotations.Nullable;

/// Makes a [RelayConfig] of what was given.
final class RelayConfigParser {
  private static final int MAX_EVENT_LOOPS = 1024;
  private static final int MAX_RATE = 1_000_000;
  private static final long MIN_BYTE_RATE = 1 << 10;
  private static final long MAX_BYTE_RATE = 1L << 40;
  private static final long MIN_PIPE_BYTES = 4096;
  private static final long MAX_PIPE_BYTES = 1L << 30;
  private static final long MIN_BUDGET_BYTES_PER_LOOP = 65_536;
  private static final long MAX_BUDGET_BYTES = 1L << 40;

  /// The kernel takes milliseconds in an int.
  private static final Duration MAX_USER_TIMEOUT = Duration.ofDays(24);

  private final Given given;
  private final Host host;
  private final Problems problems;
  private final List<String> warnings = new ArrayList<>();

  private RelayConfigParser(Given given, Host host) {
    this.given = given;
    this.host = host;
    this.problems = given.problems();
  }

  /// Understands all that was given.
  ///
  /// @return null if there are problems, be they old ones
  static @Nullable RelayConfig parse(Given given, Host host) {
    return new RelayConfigParser(given, host).parse();
  }

  private @Nullable RelayConfig parse() {
    List<InetSocketAddress> addresses =
        given.value(
            RelayOption.LISTEN, ListenAddresses::parse, ListenAddresses.everywhere(host.ipv6()));
    RelayTls tls = RelayTls.parse(given, warnings);
    ListenSettings listen = listen(addresses, tls);
    TransportChoice choice = transport();
    int eventLoops = eventLoops();
    DescriptorPlan plan = descriptorPlan(eventLoops);
    DataPath dataPath = dataPath();
    long pipeBudgetBytes = pipeBudgetBytes(eventLoops);
    int pipeSizeBytes = pipeSizeBytes(pipeBudgetBytes / eventLoops);
    LimitSettings limits = plan == null ? null : limits(plan, eventLoops, listen.heapNeeds());
    HashList hashes = hashes();
    AccessSettings access = access(hashes);
    TimeoutSettings timeouts = timeouts();
    Optional<InetSocketAddress> admin = AdminAddresses.parse(given, warnings);
    LogSettings log = LogConfig.parse(given, warnings);
    boolean checkOnly = given.checkOnly();
    if (plan == null || limits == null || !problems.isEmpty()) {
      return null;
    }
    EngineSettings engine =
        new EngineSettings(
            choice.transport(),
            eventLoops,
            dataPath,
            pipeSizeBytes,
            pipeBudgetBytes,
            plan.maxPipes());
    return new RelayConfig(
        new RelaySettings(listen, access, engine, limits, timeouts),
        tls,
        hashes,
        admin,
        log,
        given.settings(),
        choice.reason(),
        List.copyOf(warnings),
        host,
        checkOnly);
  }

  // ---- groups of values

  private ListenSettings listen(List<InetSocketAddress> addresses, RelayTls tls) {
    boolean tunnel = given.onOff(RelayOption.TUNNEL, false);
    if (tunnel && tls instanceof RelayTls.Off) {
      warnings.add("tunnel on has no meaning with tls off: there is no outer TLS to keep");
    }
    return new ListenSettings(
        addresses, tls.identity(), tunnel, given.onOff(RelayOption.REQUIRE_PROOF, false));
  }

  private TimeoutSettings timeouts() {
    TimeoutSettings usual = TimeoutSettings.DEFAULT;
    TimeoutSettings timeouts =
        new TimeoutSettings(
            timeout(RelayOption.HANDSHAKE_TIMEOUT, usual.handshake()),
            timeout(RelayOption.MAX_WAIT, usual.maxWait()),
            timeout(RelayOption.IDLE_TIMEOUT, usual.idle()),
            timeout(RelayOption.HALF_CLOSE_TIMEOUT, usual.halfClose()),
            given.value(RelayOption.KEEPALIVE, Keepalives::parse, usual.keepalive()),
            userTimeout(usual.user()),
            timeout(RelayOption.DRAIN_TIMEOUT, usual.drain()));
    warnOfOverriddenCount(timeouts.keepalive(), timeouts.user());
    return timeouts;
  }

  private LimitSettings limits(DescriptorPlan plan, int eventLoops, HeapNeeds heapNeeds) {
    return new LimitSettings(
        maxLinks(plan, eventLoops, heapNeeds),
        count(RelayOption.MAX_LINKS_PER_ADDRESS, LimitSettings.DEFAULT_MAX_LINKS_PER_ADDRESS),
        count(RelayOption.MAX_PENDING, LimitSettings.DEFAULT_MAX_PENDING),
        count(RelayOption.MAX_PENDING_PER_ADDRESS, LimitSettings.DEFAULT_MAX_PENDING_PER_ADDRESS),
        count(RelayOption.MAX_WAITING_PER_HASH, LimitSettings.DEFAULT_MAX_WAITING_PER_HASH),
        limit(
            RelayOption.ANNOUNCE_RATE_PER_ADDRESS,
            text -> Rates.parse(text, 1, MAX_RATE),
            LimitSettings.DEFAULT_ANNOUNCE_RATE_PER_ADDRESS),
        byteRate(RelayOption.BYTE_RATE_PER_PAIR),
        byteRate(RelayOption.BYTE_RATE));
  }

  private AccessSettings access(@Nullable HashList hashes) {
    AccessSettings access =
        new AccessSettings(
            given.value(RelayOption.ALLOW_FROM, AddressRanges::parseOrOff, List.of()),
            given.value(RelayOption.DENY_FROM, AddressRanges::parseOrOff, List.of()),
            hashes,
            given.value(RelayOption.PROXY_PROTOCOL_FROM, AddressRanges::parseOrOff, List.of()));
    if (access.proxies().stream().anyMatch(range -> range.prefixLength() == 0)) {
      warnings.add(
          "proxy-protocol-from is everybody: whoever connects can say he is from anywhere");
    }
    return access;
  }

  private @Nullable HashList hashes() {
    Setting setting = given.setting(RelayOption.ALLOW_HASH_FILE);
    if (setting == null || setting.value().equals("off")) {
      return null;
    }
    HashList hashes =
        given.value(
            RelayOption.ALLOW_HASH_FILE,
            text -> new HashList(new HashListFile(FilePaths.parse(text))));
    if (hashes != null && hashes.size() == 0) {
      warnings.add("allow-hash-file %s is empty: nobody can announce".formatted(setting.value()));
    }
    return hashes;
  }

  // ---- single values

  /// Who asks for epoll has io_uring left alone.
  private TransportChoice transport() {
    String wanted =
        given.oneOf(
            RelayOption.TRANSPORT,
            Map.of("auto", "auto", "epoll", "epoll", "io_uring", "io_uring"),
            "auto");
    if (wanted.equals("epoll")) {
      return new TransportChoice(Transport.EPOLL, "asked for");
    }
    String fault = host.ioUringProbe().get();
    if (wanted.equals("auto")) {
      return fault == null
          ? new TransportChoice(Transport.IO_URING, "io_uring can be used")
          : new TransportChoice(Transport.EPOLL, "no io_uring: " + fault);
    }
    Setting setting = given.setting(RelayOption.TRANSPORT);
    if (setting != null && fault != null) {
      problems.addUnavailable(
          setting.place(),
          "io_uring cannot be used here (%s); write auto or epoll".formatted(fault));
    }
    return new TransportChoice(Transport.IO_URING, "asked for");
  }

  /// @param reason why it is this one
  private record TransportChoice(Transport transport, String reason) {}

  private int eventLoops() {
    return given.value(
        RelayOption.EVENT_LOOPS,
        text -> Numbers.parse(text, 1, MAX_EVENT_LOOPS),
        Math.min(host.cores(), MAX_EVENT_LOOPS));
  }

  private Duration timeout(RelayOption option, Duration fallback) {
    return given.value(option, Durations::parseOrOff, fallback);
  }

  private DataPath dataPath() {
    return given.oneOf(
        RelayOption.DATA_PATH,
        Map.of("splice", DataPath.SPLICE, "copy", DataPath.COPY),
        DataPath.SPLICE);
  }

  private Duration userTimeout(Duration fallback) {
    return given.value(
        RelayOption.USER_TIMEOUT,
        text -> {
          Duration timeout = Durations.parseOrOff(text);
          if (timeout.compareTo(MAX_USER_TIMEOUT) > 0) {
            throw new BadValueException("too long: at most " + Durations.format(MAX_USER_TIMEOUT));
          }
          return timeout;
        },
        fallback);
  }

  private long byteRate(RelayOption option) {
    return given.value(
        option,
        text ->
            text.equals("off") || text.equals("0")
                ? 0
                : Sizes.parse(text, MIN_BYTE_RATE, MAX_BYTE_RATE),
        0L);
  }

  private int count(RelayOption option, int fallback) {
    return limit(option, text -> Numbers.parse(text, 1, Integer.MAX_VALUE), fallback);
  }

  /// A limit that may be switched off.
  private int limit(RelayOption option, Given.Parser<Integer> parser, int fallback) {
    return given.value(
        option,
        text -> text.equals("off") || text.equals("0") ? LimitSettings.OFF : parser.parse(text),
        fallback);
  }

  // ---- values that depend on the host or on each other

  private @Nullable DescriptorPlan descriptorPlan(int eventLoops) {
    try {
      return DescriptorPlan.of(host.limits().openFiles(), eventLoops);
    } catch (IllegalArgumentException e) {
      problems.add("descriptor limit", String.valueOf(e.getMessage()));
      return null;
    }
  }

  private int maxLinks(DescriptorPlan plan, int eventLoops, HeapNeeds heapNeeds) {
    int withinHeap = heapNeeds.maxLinks(host.heapBytes());
    int maxLinks =
        given.value(
            RelayOption.MAX_LINKS,
            text -> {
              int wanted = Numbers.parse(text, 2, Integer.MAX_VALUE);
              if (wanted > plan.maxLinks()) {
                throw new BadValueException(tooManyLinks(wanted, plan, eventLoops));
              }
              return wanted;
            },
            Math.min(plan.maxLinks(), withinHeap));
    if (maxLinks > withinHeap) {
      warnings.add(
          "max-links %d: a heap of %dMiB may be too small for more than %d links, and a relay whose heap is full ends: give its JVM -Xmx%dm"
              .formatted(
                  maxLinks,
                  host.heapBytes() >> 20,
                  withinHeap,
                  (heapNeeds.heapBytesFor(maxLinks) >> 20) + 1));
    }
    return maxLinks;
  }

  private String tooManyLinks(int maxLinks, DescriptorPlan plan, int eventLoops) {
    int openFiles = host.limits().openFiles();
    long needed = DescriptorNeeds.openFilesFor(maxLinks, eventLoops);
    String allowed =
        "%d file descriptors are enough for %d links".formatted(openFiles, plan.maxLinks());
    return needed > Integer.MAX_VALUE
        ? allowed
        : "%s: lower it, or raise the limit (ulimit -n, LimitNOFILE) to %d"
            .formatted(allowed, needed);
  }

  private long pipeBudgetBytes(int eventLoops) {
    long minBytes = MIN_BUDGET_BYTES_PER_LOOP * eventLoops;
    return given.value(
        RelayOption.PIPE_BUDGET,
        text -> Sizes.parse(text, minBytes, MAX_BUDGET_BYTES),
        Math.max(minBytes, host.limits().defaultPipeBudgetBytes()));
  }

  private int pipeSizeBytes(long budgetBytesPerLoop) {
    int bytes =
        given.value(
            RelayOption.PIPE_SIZE,
            text -> {
              long parsed = Sizes.parse(text, MIN_PIPE_BYTES, MAX_PIPE_BYTES);
              if (parsed > budgetBytesPerLoop) {
                throw new BadValueException(
                    "more than the share of an event loop in the pipe budget, %s: make it smaller or"
                            .formatted(Sizes.format(budgetBytesPerLoop))
                        + " raise --pipe-budget");
              }
              return (int) parsed;
            },
            EngineSettings.DEFAULT_PIPE_SIZE_BYTES);
    int kernelMaxBytes = host.limits().pipeMaxSizeBytes();
    if (bytes > kernelMaxBytes && !host.limits().privileged()) {
      warnings.add(
          "the kernel refuses pipes of %s and makes them 64KiB: raise fs.pipe-max-size to %d, or set"
                  .formatted(Sizes.format(bytes), bytes)
              + " --pipe-size %s".formatted(Sizes.format(kernelMaxBytes)));
    }
    return bytes;
  }

  /// tcp(7): with TCP_USER_TIMEOUT set, it alone says when unanswered probes end a connection.
  private void warnOfOverriddenCount(Keepalive keepalive, Duration userTimeout) {
    // Not multipliedBy, which computes with BigDecimal and loads it.
    Duration probed =
        keepalive.idle().plusSeconds(keepalive.interval().toSeconds() * keepalive.count());
    if (!userTimeout.isZero() && !userTimeout.equals(probed)) {
      warnings.add(
          "keepalive %s would end a silent link after %s, but user-timeout decides: about %s"
              .formatted(
                  Keepalives.format(keepalive),
                  Durations.format(probed),
                  Durations.format(userTimeout)));
    }
  }
}
