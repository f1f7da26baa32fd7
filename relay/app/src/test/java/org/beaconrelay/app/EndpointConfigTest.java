package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.beaconrelay.endpoint.HostPort;
import org.beaconrelay.endpoint.RelayTrust;
import org.beaconrelay.endpoint.pki.CertificateAuthority;
import org.beaconrelay.endpoint.pki.KeyedCertificate;
import org.beaconrelay.endpoint.pki.PkiException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The configurations of bridge and broker.
final class EndpointConfigTest {
  private static final String PIN = "0123456789abcdef".repeat(4);

  @TempDir private Path folder;

  private final Problems problems = new Problems();
  private CertificateAuthority ca;

  @BeforeEach
  void makeCertificates() throws Exception {
    ca = CertificateAuthority.create("bridge CA", InstantSource.system());
    Files.writeString(folder.resolve("ca.pem"), ca.own().certificatePem());
    write("bridge", ca.issueBridge("bridge", Duration.ofDays(1)));
    write("broker", ca.issueBroker("broker", Duration.ofDays(1)));
  }

  private void write(String name, KeyedCertificate certificate) throws IOException {
    Files.writeString(folder.resolve(name + ".pem"), certificate.certificatePem());
    Path key = Files.writeString(folder.resolve(name + ".key"), certificate.keyPem());
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  /// A whole configuration of a bridge; `--option value` pairs replace or add to it.
  private Given bridge(String... flags) {
    return given(OptionSet.BRIDGE, "bridge", "--service", "127.0.0.1:8200", flags);
  }

  private Given broker(String... flags) {
    return given(OptionSet.BROKER, "broker", "--listen", "127.0.0.1:0", flags);
  }

  private Given given(OptionSet options, String name, String key, String value, String... flags) {
    List<String> all =
        new ArrayList<>(
            List.of("--relay", "relay.example.com:443", "--ca", file("ca.pem"), key, value));
    all.addAll(List.of("--cert", file(name + ".pem"), "--key", file(name + ".key")));
    all.addAll(List.of(flags));
    Map<Option, String> values = new HashMap<>();
    for (int i = 0; i < all.size(); i += 2) {
      Option option = Objects.requireNonNull(options.ofKey(all.get(i).substring(2)), all.get(i));
      values.put(option, all.get(i + 1));
    }
    return OptionSources.resolve(options, values, Map.of(), problems);
  }

  private BridgeConfig parseBridge(String... flags) {
    return Objects.requireNonNull(
        BridgeConfig.parse(bridge(flags)), () -> String.join("\n", problems.lines()));
  }

  private BrokerConfig parseBroker(String... flags) {
    return Objects.requireNonNull(
        BrokerConfig.parse(broker(flags)), () -> String.join("\n", problems.lines()));
  }

  private List<String> problemsOf(Given given) {
    assertThat(BridgeConfig.parse(given)).isNull();
    assertThat(problems.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
    return problems.lines();
  }

  @Test
  void hasDefaults() {
    BridgeConfig bridge = parseBridge();
    assertThat(bridge.settings().relays()).containsExactly(new HostPort("relay.example.com", 443));
    assertThat(bridge.settings().trust()).isEqualTo(new RelayTrust.SystemAuthorities());
    assertThat(bridge.settings().service()).isEqualTo(new HostPort("127.0.0.1", 8200));
    assertThat(bridge.settings().pool()).isEqualTo(4);
    assertThat(bridge.settings().maxConnections()).isEqualTo(512);
    assertThat(bridge.endpoint().drainTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(bridge.warnings()).isEmpty();
    assertThat(bridge.checkOnly()).isFalse();

    BrokerConfig broker = parseBroker();
    assertThat(broker.settings().waitTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(broker.settings().maxConnections()).isEqualTo(512);
  }

  @Test
  void takesEveryOption() throws GeneralSecurityException {
    BridgeConfig bridge =
        parseBridge(
            "--relay", "a:1,[::1]:2",
            "--relay-pin", PIN.toUpperCase(Locale.ROOT) + "," + "fe:".repeat(31) + "fe",
            "--service", "store.internal:8200",
            "--pool", "7",
            "--max-connections", "9",
            "--drain-timeout", "off",
            "--check-config", "true");
    assertThat(bridge.settings().relays())
        .containsExactly(new HostPort("a", 1), new HostPort("::1", 2));
    assertThat(bridge.settings().trust())
        .isEqualTo(new RelayTrust.Pins(Set.of(PIN, "fe".repeat(32))));
    assertThat(bridge.settings().pool()).isEqualTo(7);
    assertThat(bridge.settings().maxConnections()).isEqualTo(9);
    assertThat(bridge.endpoint().drainTimeout()).isZero();
    assertThat(bridge.checkOnly()).isTrue();

    BrokerConfig broker =
        parseBroker("--relay-ca", file("ca.pem"), "--wait-timeout", "5s", "--listen", "[::1]:9");
    assertThat(broker.settings().trust())
        .isEqualTo(new RelayTrust.Authorities(List.of(ca.own().certificate())));
    assertThat(broker.settings().waitTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(broker.settings().listen().getPort()).isEqualTo(9);
    assertThat(parseBroker("--relay-tls", "off").settings().trust())
        .isEqualTo(new RelayTrust.Plain());
  }

  @Test
  void describesWhatIsInEffect() {
    assertThat(parseBridge("--relay-pin", PIN).describe())
        .isEqualTo(
            ("config relay=relay.example.com:443(flag) relay-pin=%s(flag) relay-ca=none"
                    + " relay-tls=on ca=%s(flag) cert=%s(flag) key=%s(flag) max-connections=512"
                    + " drain-timeout=30s service=127.0.0.1:8200(flag) pool=4")
                .formatted(PIN, file("ca.pem"), file("bridge.pem"), file("bridge.key")));
    assertThat(parseBroker().describe())
        .contains(" relay-pin=none relay-ca=java relay-tls=on ")
        .endsWith(" listen=127.0.0.1:0(flag) wait-timeout=30s");
  }

  @Test
  void tellsEverythingThatIsMissing() {
    assertThat(problemsOf(OptionSources.resolve(OptionSet.BRIDGE, Map.of(), Map.of(), problems)))
        .containsExactly(
            "--relay is not given: write --relay HOST:PORT",
            "--ca is not given: write --ca FILE",
            "--cert is not given: write --cert FILE",
            "--key is not given: write --key FILE",
            "--service is not given: write --service HOST:PORT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--relay           | relay     | write HOST:PORT",
        "--relay-pin       | 12        | write the 64 hex digits behind sha256=",
        "--relay-ca        | missing   | no such file",
        "--relay-tls       | tunnel    | write off or on",
        "--ca              | missing   | no such file",
        "--cert            | missing   | no such file",
        "--key             | missing   | no such file",
        "--service         | 1:0       | the port: 1 to 65535",
        "--pool            | 0         | out of range: 1 to 1000",
        "--pool            | 513       | more than --max-connections, which counts waiting links"
            + " too",
        "--max-connections | off       | write a whole number",
        "--drain-timeout   | 5         | needs a unit",
      })
  void tellsWhatIsWrong(String flag, String value, String advice) {
    assertThat(problemsOf(bridge(flag, value)))
        .singleElement()
        .asString()
        .startsWith("flag %s \"%s\": ".formatted(flag, value))
        .contains(advice);
  }

  @Test
  void wantsOneAddressToListenAt() {
    assertThat(BrokerConfig.parse(broker("--listen", "127.0.0.1:1,127.0.0.1:2"))).isNull();
    assertThat(BrokerConfig.parse(broker("--wait-timeout", "off"))).isNull();
    assertThat(problems.lines())
        .hasSize(2)
        .anyMatch(line -> line.startsWith("flag --listen "))
        .anyMatch(line -> line.startsWith("flag --wait-timeout \"off\": "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "off          | write 500ms, 10s, 5m, 1h or 7d",
        "0            | a duration needs a unit",
        "0s           | too short: at least 1ms",
        "0ms          | too short: at least 1ms",
        "4294967296ms | too long: at most 4294967295ms",
        "50d          | too long: at most 4294967295ms",
        "3651d        | too long: at most 4294967295ms",
      })
  void refusesAWaitTimeoutThatCannotBeAnnounced(String value, String advice) {
    assertThat(BrokerConfig.parse(broker("--wait-timeout", value))).isNull();
    assertThat(problems.lines())
        .singleElement()
        .asString()
        .startsWith("flag --wait-timeout \"%s\": ".formatted(value))
        .contains(advice);
  }

  @ParameterizedTest
  @CsvSource({"1ms, 1", "49d, 4233600000", "4294967295ms, 4294967295"})
  void takesAWaitTimeoutThatCanBeAnnounced(String value, long ms) {
    assertThat(parseBroker("--wait-timeout", value).settings().waitTimeout())
        .isEqualTo(Duration.ofMillis(ms));
  }

  @Test
  void refusesTwoWaysToTrustTheRelay() {
    assertThat(problemsOf(bridge("--relay-pin", PIN, "--relay-ca", file("ca.pem"))))
        .containsExactly(
            "flag --relay-ca \"%s\": goes not with --relay-pin: leave one of them out"
                .formatted(file("ca.pem")));
  }

  @Test
  void refusesTrustWithoutTls() {
    assertThat(
            problemsOf(
                bridge("--relay-tls", "off", "--relay-pin", PIN, "--relay-ca", file("ca.pem"))))
        .hasSize(2)
        .allMatch(line -> line.endsWith(": goes not with --relay-tls off: leave one of them out"));
  }

  private void assertRefused(String name, String problem) {
    assertThat(problemsOf(bridge("--cert", file(name + ".pem"), "--key", file(name + ".key"))))
        .singleElement()
        .asString()
        .startsWith("flag --cert \"%s\": ".formatted(file(name + ".pem")))
        .contains(problem);
  }

  @Test
  void refusesACertificateOfAnotherCa() throws Exception {
    write(
        "other",
        CertificateAuthority.create("bridge CA", InstantSource.system())
            .issueBridge("other", Duration.ofDays(1)));
    assertRefused("other", "is not issued by this bridge CA itself");
  }

  @Test
  void refusesTheCertificateOfTheOtherRole() {
    assertRefused(
        "broker",
        "is a broker's (clientAuth), not a bridge's (serverAuth); give one that the CA of --ca has"
            + " issued for a bridge");
    assertThat(BrokerConfig.parse(given(OptionSet.BROKER, "bridge", "--listen", "127.0.0.1:0")))
        .isNull();
    assertThat(problems.lines())
        .last()
        .asString()
        .contains("is a bridge's (serverAuth), not a broker's (clientAuth)");
  }

  @Test
  void refusesACertificateWithoutUsage() throws Exception {
    TestPki.create(folder).issue("plain");
    assertRefused(
        "plain", "is for neither bridges nor brokers (its extended key usage), not a bridge's");
  }

  @Test
  void refusesAnExpiredCertificate() throws IOException, PkiException {
    write("late", issuedDaysAgo(10, 5));
    assertRefused("late", "expired at ");
  }

  @Test
  void refusesACertificateOfTheFuture() throws IOException, PkiException {
    write("early", issuedDaysAgo(-10, 5));
    assertRefused("early", "is not valid before ");
  }

  /// Of the same CA key at another time.
  private KeyedCertificate issuedDaysAgo(int days, int lifetimeDays)
      throws PkiException, IOException {
    InstantSource then = InstantSource.offset(InstantSource.system(), Duration.ofDays(-days));
    CertificateAuthority past = CertificateAuthority.create("bridge CA", then);
    Files.writeString(folder.resolve("ca.pem"), past.own().certificatePem());
    return past.issueBridge("bridge", Duration.ofDays(lifetimeDays));
  }

  @Test
  void refusesAKeyOfAnotherCertificate() {
    assertThat(problemsOf(bridge("--key", file("broker.key"))))
        .singleElement()
        .asString()
        .startsWith("flag --key \"%s\": is not the private key".formatted(file("broker.key")));
  }

  @Test
  void warnsOfAKeyThatEverybodyCanRead() throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve("bridge.key"), PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(parseBridge().warnings())
        .singleElement()
        .asString()
        .startsWith("everybody on this host can read the private key ");
  }
}
