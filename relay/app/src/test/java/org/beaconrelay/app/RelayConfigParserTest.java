package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.beaconrelay.app.log.Destination;
import org.beaconrelay.app.log.LogSettings;
import org.beaconrelay.app.log.Privacy;
import org.beaconrelay.app.log.Retention;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.server.AccessSettings;
import org.beaconrelay.server.AddressRange;
import org.beaconrelay.server.DataPath;
import org.beaconrelay.server.DescriptorNeeds;
import org.beaconrelay.server.DescriptorPlan;
import org.beaconrelay.server.EngineSettings;
import org.beaconrelay.server.HeapNeeds;
import org.beaconrelay.server.HostLimits;
import org.beaconrelay.server.Keepalive;
import org.beaconrelay.server.LimitSettings;
import org.beaconrelay.server.ListenSettings;
import org.beaconrelay.server.RelaySettings;
import org.beaconrelay.server.TimeoutSettings;
import org.beaconrelay.server.Transport;
import org.beaconrelay.testing.InfoHashes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RelayConfigParserTest {
  private static final HostLimits LIMITS = new HostLimits(20_000, 1 << 20, 16_384, false, 8L << 30);
  private static final long HEAP_BYTES = 192L << 20;

  private final Problems problems = new Problems();
  private Host host = new Host(LIMITS, HEAP_BYTES, 4, true, () -> null);

  /// Parses `--option value` pairs, behind `--tls off`.
  private RelayConfig parse(String... flags) {
    return Objects.requireNonNull(
        RelayConfigParser.parse(given(flags), host), () -> String.join("\n", problems.lines()));
  }

  private List<String> problemsOf(String... flags) {
    assertThat(RelayConfigParser.parse(given(flags), host)).isNull();
    return problems.lines();
  }

  private Given given(String... flags) {
    Map<Option, Setting> given = new HashMap<>();
    put(given, "--tls", "off");
    for (int i = 0; i < flags.length; i += 2) {
      put(given, flags[i], flags[i + 1]);
    }
    return new Given(given, problems);
  }

  private static void put(Map<Option, Setting> given, String flag, String value) {
    Option option = Objects.requireNonNull(OptionSet.RELAY.ofKey(flag.substring(2)), flag);
    given.put(option, new Setting(option, value, new Origin.Flag()));
  }

  @Test
  void hasItsAdminPortAtLoopback() {
    assertThat(parse().admin())
        .contains(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9443));
    assertThat(parse("--admin", "[::1]:0").warnings()).isEmpty();
    assertThat(parse("--admin", "off").admin()).isEmpty();
    assertThat(parse("--admin", "off").describe()).contains(" admin=off(flag) ");
  }

  @Test
  void warnsOfAnAdminPortThatOthersReach() {
    assertThat(parse("--admin", "0.0.0.0:9443").warnings())
        .singleElement()
        .asString()
        .startsWith("admin 0.0.0.0:9443 can be reached from elsewhere: ");
  }

  @Test
  void refusesWhatIsNoPlaceForAnAdminPort() {
    assertThat(problemsOf("--admin", "9443"))
        .containsExactly(
            "flag --admin \"9443\": write HOST:PORT, as in 0.0.0.0:443, 127.0.0.1:0 or [::]:443");
  }

  @Test
  void hasTheDefaultsOfTheSpecification() {
    DescriptorPlan plan = DescriptorPlan.of(20_000, 4);
    assertThat(parse().settings())
        .isEqualTo(
            new RelaySettings(
                new ListenSettings(
                    List.of(
                        new InetSocketAddress(InetAddress.ofLiteral("0.0.0.0"), 443),
                        new InetSocketAddress(InetAddress.ofLiteral("::"), 443)),
                    null,
                    false,
                    false),
                AccessSettings.OPEN,
                new EngineSettings(
                    Transport.IO_URING, 4, DataPath.SPLICE, 1 << 20, 48L << 20, plan.maxPipes()),
                new LimitSettings(plan.maxLinks(), 4096, 1024, 128, 256, 200, 0, 0),
                new TimeoutSettings(
                    Duration.ofSeconds(10),
                    Duration.ZERO,
                    Duration.ZERO,
                    Duration.ofMinutes(5),
                    new Keepalive(Duration.ofSeconds(30), Duration.ofSeconds(10), 3),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30))));
    assertThat(parse().log())
        .isEqualTo(
            new LogSettings(
                new Destination.Off(),
                Privacy.FULL,
                Privacy.FULL,
                new Retention(Duration.ofDays(7))));
    assertThat(parse().checkOnly()).isFalse();
    assertThat(parse().warnings()).isEmpty();
  }

  @Test
  void takesEveryOption() {
    RelayConfig config =
        parse(
            "--listen", "127.0.0.1:0,[::1]:8443",
            "--tunnel", "on",
            "--require-proof", "on",
            "--transport", "epoll",
            "--data-path", "copy",
            "--event-loops", "2",
            "--pipe-size", "64KiB",
            "--pipe-budget", "8MiB",
            "--handshake-timeout", "5s",
            "--max-wait", "1h",
            "--idle-timeout", "7d",
            "--half-close-timeout", "off",
            "--keepalive", "20s,5s,2",
            "--user-timeout", "30s",
            "--max-links", "1000",
            "--max-links-per-address", "400",
            "--max-pending", "30",
            "--max-pending-per-address", "20",
            "--max-waiting-per-hash", "16",
            "--announce-rate-per-address", "5/s",
            "--byte-rate-per-pair", "64KiB",
            "--byte-rate", "1MiB",
            "--allow-from", "10.0.0.0/8,2001:db8::/32",
            "--deny-from", "10.1.2.3",
            "--proxy-protocol-from", "192.0.2.0/24",
            "--drain-timeout", "500ms",
            "--check-config", "true");

    assertThat(config.settings())
        .isEqualTo(
            new RelaySettings(
                new ListenSettings(
                    List.of(
                        new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0),
                        new InetSocketAddress(InetAddress.ofLiteral("::1"), 8443)),
                    null,
                    true,
                    true),
                new AccessSettings(
                    List.of(
                        AddressRange.of(InetAddress.ofLiteral("10.0.0.0"), 8),
                        AddressRange.of(InetAddress.ofLiteral("2001:db8::"), 32)),
                    List.of(AddressRange.of(InetAddress.ofLiteral("10.1.2.3"), 32)),
                    null,
                    List.of(AddressRange.of(InetAddress.ofLiteral("192.0.2.0"), 24))),
                new EngineSettings(
                    Transport.EPOLL,
                    2,
                    DataPath.COPY,
                    64 << 10,
                    8L << 20,
                    DescriptorPlan.of(20_000, 2).maxPipes()),
                new LimitSettings(1000, 400, 30, 20, 16, 5, 64 << 10, 1 << 20),
                new TimeoutSettings(
                    Duration.ofSeconds(5),
                    Duration.ofHours(1),
                    Duration.ofDays(7),
                    Duration.ZERO,
                    new Keepalive(Duration.ofSeconds(20), Duration.ofSeconds(5), 2),
                    Duration.ofSeconds(30),
                    Duration.ofMillis(500))));
    assertThat(config.checkOnly()).isTrue();
  }

  @Test
  void describesWhatIsInEffectAndWhereItIsFrom() {
    assertThat(parse("--listen", "127.0.0.1:0", "--max-wait", "90s").describe())
        .isEqualTo(
            "config listen=127.0.0.1:0(flag) tls=off(flag) tls-cert=none tls-key=none"
                + " tunnel=off require-proof=off transport=io_uring(derived) data-path=splice"
                + " event-loops=4(derived) pipe-size=1MiB pipe-budget=48MiB(derived)"
                + " handshake-timeout=10s max-wait=90s(flag) idle-timeout=off half-close-timeout=5m"
                + " keepalive=30s,10s,3 user-timeout=60s max-links=%d(derived)"
                    .formatted(DescriptorPlan.of(20_000, 4).maxLinks())
                + " max-links-per-address=4096 max-pending=1024 max-pending-per-address=128"
                + " max-waiting-per-hash=256 announce-rate-per-address=200/s byte-rate-per-pair=off"
                + " byte-rate=off allow-hash-file=off allow-from=off deny-from=off"
                + " proxy-protocol-from=off drain-timeout=30s admin=127.0.0.1:9443"
                + " connection-log=off log-address=full log-hash=full retention=7d");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "--listen               | 443     | write HOST:PORT",
        "--tls                  | on      | write self-signed or off, or give --tls-cert and"
            + " --tls-key",
        "--tls                  | ''      | is empty: give it a value, or leave it out",
        "--tunnel               | yes     | write off or on",
        "--require-proof        | true    | write off or on",
        "--transport            | kqueue  | write auto or epoll or io_uring",
        "--data-path            | zerocopy| write copy or splice",
        "--event-loops          | 0       | out of range: 1 to 1024",
        "--event-loops          | 1025    | out of range: 1 to 1024",
        "--event-loops          | two     | write a whole number",
        "--pipe-size            | 1KiB    | out of range: 4KiB to 1GiB",
        "--pipe-size            | 2GiB    | out of range: 4KiB to 1GiB",
        "--pipe-size            | 16MiB   | more than the share of an event loop in the pipe"
            + " budget, 12MiB",
        "--pipe-budget          | 255KiB  | out of range: 256KiB to 1024GiB",
        "--pipe-budget          | off     | write a size",
        "--handshake-timeout    | 10      | needs a unit",
        "--max-wait             | soon    | 0 or off switches it off",
        "--idle-timeout         | -1s     | 0 or off switches it off",
        "--half-close-timeout   | 11y     | 0 or off switches it off",
        "--keepalive            | 30s     | write IDLE,INTERVAL,COUNT",
        "--user-timeout         | 25d     | too long: at most 24d",
        "--max-links            | 1       | out of range: 2 or more",
        "--max-links            | off     | write a whole number",
        "--max-links            | 20000   | raise the limit (ulimit -n, LimitNOFILE) to 22528",
        "--max-links            | 3000000000 | out of range: 2 or more",
        "--max-links-per-address | few    | write a whole number",
        "--max-pending          | -1      | write a whole number",
        "--max-pending-per-address | 1.5  | write a whole number",
        "--max-waiting-per-hash | -1      | write a whole number",
        "--announce-rate-per-address | 200/m | as in 200/s; 0 or off switches it off",
        "--announce-rate-per-address | 1000001/s | out of range: 1 to 1000000 a second",
        "--byte-rate-per-pair   | 1KB     | write a size as 64KiB, 1MiB, 1GiB, or in plain bytes",
        "--byte-rate            | 1000    | out of range: 1KiB to 1024GiB",
        "--allow-hash-file      | /none   | cannot be read: no such file",
        "--allow-hash-file      | ''      | is empty: give it a value, or leave it out",
        "--allow-from           | nobody  | write networks as in 10.0.0.0/8,2001:db8::/32",
        "--deny-from            | 10.0.0.1/8 | says more than the 8 bits of its prefix",
        "--proxy-protocol-from  | lb.example.com | is no IP address",
        "--drain-timeout        | 1x      | 0 or off switches it off",
        "--log-address          | short   | write full or none or pseudonym or truncated",
        "--log-hash             | off     | write full or none or pseudonym or truncated",
        "--retention            | 7       | needs a unit",
        "--retention            | 1s      | too short: at least 2s",
        "--retention            | 11y     | 0 or off switches it off",
        "--connection-log       | ''      | is empty: give it a value, or leave it out",
        "--check-config         | yes     | write false or true",
        "--max-wait             | ''      | is empty: give it a value, or leave it out"
      })
  void tellsWhatIsWrong(String flag, String value, String advice) {
    assertThat(problemsOf(flag, value))
        .singleElement()
        .asString()
        .startsWith("flag %s \"%s\": ".formatted(flag, value))
        .contains(advice);
    assertThat(problems.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void tellsAllProblemsTogether() {
    assertThat(
            problemsOf(
                "--drain-timeout", "1x",
                "--transport", "kqueue",
                "--tls", "on",
                "--listen", "443",
                "--max-links", "many"))
        .extracting(line -> line.substring(0, line.indexOf(':')))
        .containsExactly(
            "flag --listen \"443\"",
            "flag --tls \"on\"",
            "flag --transport \"kqueue\"",
            "flag --max-links \"many\"",
            "flag --drain-timeout \"1x\"");
    assertThat(problems.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void hasOuterTlsByDefault() {
    RelayConfig config =
        Objects.requireNonNull(RelayConfigParser.parse(new Given(Map.of(), problems), host));
    assertThat(config.settings().listen().outerTls()).isNotNull().isSameAs(config.tls().identity());
    assertThat(config.describe()).contains(" tls=self-signed tls-cert=none tls-key=none ");
  }

  @Test
  void warnsOfATunnelWithoutTls() {
    assertThat(parse("--tunnel", "on").warnings())
        .containsExactly("tunnel on has no meaning with tls off: there is no outer TLS to keep");
  }

  @Test
  void takesIoUringWhereItCanBeUsed() {
    assertThat(parse().settings().engine().transport()).isEqualTo(Transport.IO_URING);
    assertThat(parse("--transport", "auto").settings().engine().transport())
        .isEqualTo(Transport.IO_URING);
    assertThat(parse("--transport", "epoll").settings().engine().transport())
        .isEqualTo(Transport.EPOLL);
  }

  @Test
  void saysWhyItHasTheTransportThatNobodyAskedFor() {
    assertThat(parse().transportReason()).isEqualTo("io_uring can be used");
    host = new Host(LIMITS, HEAP_BYTES, 4, true, () -> "forbidden");
    assertThat(parse().settings().engine().transport()).isEqualTo(Transport.EPOLL);
    assertThat(parse().transportReason()).isEqualTo("no io_uring: forbidden");
    assertThat(parse("--transport", "auto").transportReason()).isEqualTo("no io_uring: forbidden");
    assertThat(parse("--transport", "epoll").transportReason()).isEqualTo("asked for");
  }

  @Test
  void leavesIoUringAloneWhereNobodyWantsIt() {
    host =
        new Host(
            LIMITS,
            HEAP_BYTES,
            4,
            true,
            () -> {
              throw new AssertionError("it was tried");
            });
    assertThat(parse("--transport", "epoll").transportReason()).isEqualTo("asked for");
  }

  @Test
  void refusesIoUringWhereItCannotBeUsed() {
    host = new Host(LIMITS, HEAP_BYTES, 4, true, () -> "forbidden");
    assertThat(problemsOf("--transport", "io_uring"))
        .containsExactly(
            "flag --transport \"io_uring\": io_uring cannot be used here (forbidden); write auto or"
                + " epoll");
    assertThat(problems.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
  }

  @Test
  void switchesLimitsOff() {
    RelaySettings settings =
        parse(
                "--handshake-timeout", "0",
                "--max-wait", "off",
                "--user-timeout", "0",
                "--drain-timeout", "off",
                "--max-links-per-address", "0",
                "--max-pending", "off",
                "--max-pending-per-address", "off",
                "--max-waiting-per-hash", "off",
                "--announce-rate-per-address", "0",
                "--byte-rate-per-pair", "off",
                "--byte-rate", "0")
            .settings();

    assertThat(settings.timeouts().handshake()).isZero();
    assertThat(settings.timeouts().maxWait()).isZero();
    assertThat(settings.timeouts().user()).isZero();
    assertThat(settings.timeouts().drain()).isZero();
    int off = LimitSettings.OFF;
    assertThat(settings.limits())
        .isEqualTo(new LimitSettings(settings.limits().maxLinks(), off, off, off, off, off, 0, 0));
  }

  @Test
  void warnsWhereEverybodyIsAProxy() {
    assertThat(parse("--proxy-protocol-from", "10.0.0.0/8,::/0").warnings())
        .containsExactly(
            "proxy-protocol-from is everybody: whoever connects can say he is from anywhere");
  }

  @Test
  void takesAListOfInfoHashes(@TempDir Path folder) throws IOException {
    InfoHash listed = InfoHashes.random();
    Path list = Files.writeString(folder.resolve("hashes"), listed.toHex() + "\n");
    RelayConfig config = parse("--allow-hash-file", list.toString());
    assertThat(config.settings().access().allowedHashes())
        .isSameAs(config.hashes())
        .satisfies(hashes -> assertThat(hashes.contains(listed)).isTrue());
    assertThat(config.warnings()).isEmpty();
    assertThat(config.describe()).contains(" allow-hash-file=" + list + "(flag) ");
    assertThat(parse("--allow-hash-file", "off").hashes()).isNull();

    Files.writeString(list, "# nobody yet");
    assertThat(parse("--allow-hash-file", list.toString()).warnings())
        .containsExactly("allow-hash-file " + list + " is empty: nobody can announce");
  }

  @Test
  void tellsThatThereAreTooFewDescriptors() {
    host =
        new Host(
            new HostLimits(256, 1 << 20, 16_384, false, 8L << 30),
            HEAP_BYTES,
            4,
            false,
            () -> null);
    assertThat(problemsOf())
        .singleElement()
        .asString()
        .startsWith("descriptor limit: 256 file descriptors are too few: raise the limit");
  }

  @Test
  void derivesABudgetThatIsEnoughForAllEventLoops() {
    host =
        new Host(
            new HostLimits(20_000, 1 << 20, 16, false, 64L << 20),
            HEAP_BYTES,
            8,
            false,
            () -> null);
    assertThat(parse().settings().engine().pipeBudgetBytes()).isEqualTo(8 * 65_536);
  }

  @Test
  void warnsThatUserTimeoutOverridesKeepalive() {
    assertThat(parse("--user-timeout", "20s").warnings())
        .containsExactly(
            "keepalive 30s,10s,3 would end a silent link after 60s, but user-timeout decides:"
                + " about 20s");
    assertThat(parse("--keepalive", "40s,10s,3").warnings()).hasSize(1);
    assertThat(parse("--keepalive", "40s,10s,3", "--user-timeout", "70s").warnings()).isEmpty();
    assertThat(parse("--user-timeout", "off").warnings()).isEmpty();
  }

  @Test
  void warnsOfPipesThatTheKernelRefuses() {
    host =
        new Host(
            new HostLimits(20_000, 1 << 18, 0, false, 8L << 30), HEAP_BYTES, 4, false, () -> null);
    assertThat(parse().warnings())
        .containsExactly(
            "the kernel refuses pipes of 1MiB and makes them 64KiB: raise fs.pipe-max-size to"
                + " 1048576, or set --pipe-size 256KiB");
    assertThat(parse("--pipe-size", "256KiB").warnings()).isEmpty();

    host =
        new Host(
            new HostLimits(20_000, 1 << 18, 0, true, 8L << 30), HEAP_BYTES, 4, false, () -> null);
    assertThat(parse().warnings()).isEmpty();
  }

  @Test
  void takesNoMoreLinksThanTheHeapHasRoomFor() {
    host = new Host(LIMITS, 16L << 20, 4, true, () -> null);
    int mostLinks = HeapNeeds.PLAIN.maxLinks(16L << 20);
    assertThat(mostLinks).isBetween(4_000, 10_000);
    assertThat(parse().settings().limits().maxLinks()).isEqualTo(mostLinks);
    assertThat(parse().warnings()).isEmpty();
  }

  @Test
  void warnsOfMoreLinksThanTheHeapHasRoomFor() {
    host = new Host(LIMITS, 16L << 20, 4, true, () -> null);
    RelayConfig config = parse("--max-links", "10000");
    assertThat(config.settings().limits().maxLinks()).isEqualTo(10_000);
    assertThat(config.warnings())
        .containsExactly(
            "max-links 10000: a heap of 16MiB may be too small for more than 8192 links, and a"
                + " relay whose heap is full ends: give its JVM -Xmx18m");
    assertThat(parse("--max-links", "8192").warnings()).isEmpty();
  }

  /// Such a link may hold three records, and strangers may see to it that it does.
  @Test
  void takesFewerLinksThatMayKeepTheirTlsOn() {
    host = new Host(LIMITS, 192L << 20, 4, true, () -> null);
    int mostLinks = HeapNeeds.TUNNEL.maxLinks(192L << 20);
    assertThat(mostLinks).isBetween(2_000, 3_000);
    assertThat(parse("--tls", "self-signed", "--tunnel", "on").settings().limits().maxLinks())
        .isEqualTo(mostLinks);
    assertThat(parse("--tls", "off", "--tunnel", "on").settings().limits().maxLinks())
        .isGreaterThan(10_000);
  }

  @Test
  void needsMoreHeapForLinksInsideOuterTls() {
    assertThat(HeapNeeds.OUTER_TLS.maxLinks(192L << 20))
        .isLessThan(HeapNeeds.PLAIN.maxLinks(192L << 20))
        .isGreaterThan(20_000);
    assertThat(HeapNeeds.OUTER_TLS.maxLinks(HeapNeeds.OUTER_TLS.heapBytesFor(50_000)))
        .isEqualTo(50_000);
    assertThat(HeapNeeds.OUTER_TLS.maxLinks(1)).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"2, 1", "18000, 2", "100000, 4", "1000000, 64", "20000, 1024"})
  void namesADescriptorLimitThatIsEnough(int maxLinks, int eventLoops) {
    int openFiles = (int) DescriptorNeeds.openFilesFor(maxLinks, eventLoops);
    assertThat(DescriptorPlan.of(openFiles, eventLoops).maxLinks())
        .isBetween(maxLinks, maxLinks + 1024 + (maxLinks == 2 ? 1024 : 0));
  }

  @Test
  void knowsThatNoDescriptorLimitIsEnough() {
    assertThat(DescriptorNeeds.openFilesFor(Integer.MAX_VALUE, 1)).isEqualTo(Long.MAX_VALUE);
    assertThat(problemsOf("--max-links", "2147483647"))
        .singleElement()
        .asString()
        .endsWith("links");
  }
}
