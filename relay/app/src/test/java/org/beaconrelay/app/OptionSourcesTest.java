package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class OptionSourcesTest {
  private final Problems problems = new Problems();

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("relay.properties"), text);
  }

  private Map<Option, Setting> resolve(Map<Option, String> flags, Map<String, String> environment) {
    return OptionSources.resolve(OptionSet.RELAY, flags, environment, problems).settings();
  }

  private Map<Option, Setting> resolveFile(String text) throws IOException {
    return resolve(Map.of(CommonOption.CONFIG, file(text).toString()), Map.of());
  }

  @Test
  void prefersFlagToEnvironmentToFile() throws IOException {
    Path file = file("tls=file\nmax-wait=file\nidle-timeout=file");
    Map<Option, Setting> settings =
        resolve(
            Map.of(RelayOption.TLS, "flag"),
            Map.of(
                "BEACON_CONFIG", file.toString(), "BEACON_TLS", "env", "BEACON_MAX_WAIT", "env"));

    assertThat(problems.lines()).isEmpty();
    assertThat(settings)
        .containsEntry(RelayOption.TLS, new Setting(RelayOption.TLS, "flag", new Origin.Flag()))
        .containsEntry(
            RelayOption.MAX_WAIT, new Setting(RelayOption.MAX_WAIT, "env", new Origin.Variable()))
        .containsEntry(
            RelayOption.IDLE_TIMEOUT,
            new Setting(RelayOption.IDLE_TIMEOUT, "file", new Origin.ConfigFile(file)))
        .doesNotContainKey(RelayOption.LISTEN);
  }

  @Test
  void prefersTheFileOfTheFlag() throws IOException {
    Map<Option, Setting> settings =
        resolve(
            Map.of(CommonOption.CONFIG, file("tls=off").toString()),
            Map.of("BEACON_CONFIG", "/nowhere"));

    assertThat(problems.lines()).isEmpty();
    assertThat(settings).containsKey(RelayOption.TLS);
  }

  @Test
  void tellsWhereAValueIsFrom() throws IOException {
    Path file = file("tls=x");
    assertThat(resolve(Map.of(RelayOption.TLS, "x"), Map.of()).get(RelayOption.TLS))
        .extracting(Setting::place)
        .isEqualTo("flag --tls \"x\"");
    assertThat(resolve(Map.of(), Map.of("BEACON_TLS", "x")).get(RelayOption.TLS))
        .extracting(Setting::place)
        .isEqualTo("BEACON_TLS \"x\"");
    assertThat(resolve(Map.of(), Map.of("BEACON_CONFIG", file.toString())).get(RelayOption.TLS))
        .extracting(Setting::place)
        .isEqualTo("file " + file + " key tls \"x\"");
  }

  static List<Option> options() {
    return OptionSet.RELAY.options();
  }

  @ParameterizedTest
  @MethodSource("options")
  void everyOptionHasAVariable(Option option) {
    String variable = option.variable();
    assertThat(variable).matches("BEACON(_[A-Z]+)+");
    if (option != CommonOption.CONFIG) {
      assertThat(resolve(Map.of(), Map.of(variable, " v "))).containsOnlyKeys(option);
    }
    assertThat(problems.lines()).isEmpty();
  }

  @Test
  void readsPropertiesAsUtf8() throws IOException {
    Map<Option, Setting> settings =
        resolveFile("# Länge der Pause\nmax-wait : 5m\n! ✓\nlisten = 127.0.0.1:1, \\\n  [::1]:2\n");

    assertThat(problems.lines()).isEmpty();
    assertThat(settings.get(RelayOption.LISTEN))
        .extracting(Setting::value)
        .isEqualTo("127.0.0.1:1, [::1]:2");
    assertThat(settings.get(RelayOption.MAX_WAIT)).extracting(Setting::value).isEqualTo("5m");
  }

  @Test
  void refusesUnknownKeys() throws IOException {
    resolveFile("max-wiat=5m\nqqq=1\nmax_links=7\nconfig=other\n");

    String file = "file " + folder.resolve("relay.properties") + " key ";
    assertThat(problems.lines())
        .containsExactly(
            file + "config: a file cannot name another one: remove it",
            file + "\"max-wiat\": no option has this name; did you mean max-wait?",
            file + "\"max_links\": no option has this name; did you mean max-links?",
            file + "\"qqq\": no option has this name; remove it");
    assertThat(problems.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void refusesAKeyThatIsThereTwice() throws IOException {
    resolveFile("listen=127.0.0.1:1\nlisten=127.0.0.1:2\n");
    assertThat(problems.lines())
        .singleElement()
        .asString()
        .contains("key listen: is there more than once; several values go on one line");
  }

  @Test
  void refusesFilesThatCannotBeRead() throws IOException {
    Path latin1 = folder.resolve("latin1");
    Files.write(latin1, "# Länge".getBytes(StandardCharsets.ISO_8859_1));
    for (String path : new String[] {"/no/such/file", folder.toString(), latin1.toString(), ""}) {
      resolve(Map.of(CommonOption.CONFIG, path), Map.of());
    }
    resolveFile("listen=\\uXYZ");

    assertThat(problems.lines())
        .containsExactly(
            "file /no/such/file: cannot be read: no such file",
            "file " + folder + ": cannot be read: Is a directory",
            "file " + latin1 + ": cannot be read: not UTF-8 text",
            "flag --config \"\": is empty: name a file, or leave it out",
            "file "
                + folder.resolve("relay.properties")
                + ": is no properties file: Malformed \\uxxxx encoding.");
  }

  @Test
  void refusesUnknownVariables() {
    resolve(Map.of(), Map.of("BEACON_LISEN", "x", "BEACON_QQQ", "x", "BEACONS", "x", "PATH", "x"));
    assertThat(problems.lines())
        .containsExactly(
            "BEACON_LISEN: no option has this name; did you mean BEACON_LISTEN?",
            "BEACON_QQQ: no option has this name; unset it");
  }

  /// `beacon disclose` in a relay's container.
  @Test
  void leavesOptionsOfOtherCommandsAloneInAFileOfTheEnvironment() throws IOException {
    String file = file("listen=127.0.0.1:0\nadmin=127.0.0.1:9444").toString();
    Map<String, String> environment = Map.of("BEACON_CONFIG", file);
    assertThat(
            OptionSources.resolve(OptionSet.DISCLOSE, Map.of(), environment, problems).settings())
        .containsOnlyKeys(CommonOption.CONFIG, DiscloseOption.ADMIN);
    assertThat(problems.lines()).isEmpty();
  }

  @Test
  void refusesOptionsOfOtherCommandsInAFileThatIsForThis() throws IOException {
    String file = file("listen=127.0.0.1:0\nlisten-at=x\nwait-timeout=1s").toString();
    OptionSources.resolve(OptionSet.DISCLOSE, Map.of(), Map.of("BEACON_CONFIG", file), problems);
    assertThat(problems.lines()).hasSize(1).first().asString().contains("listen-at");
    resolve(Map.of(), Map.of("BEACON_CONFIG", file));
    assertThat(problems.lines()).hasSize(3).last().asString().contains("wait-timeout");
  }

  @Test
  void leavesVariablesOfOtherCommandsAlone() {
    assertThat(resolve(Map.of(), Map.of("BEACON_SERVICE", "x", "BEACON_WAIT_TIMEOUT", "x")))
        .isEmpty();
    assertThat(problems.lines()).isEmpty();
    assertThat(
            OptionSources.resolve(
                    OptionSet.BRIDGE, Map.of(), Map.of("BEACON_SERVICE", "x"), problems)
                .settings())
        .containsOnlyKeys(BridgeOption.SERVICE);
  }

  @ParameterizedTest
  @CsvSource({
    "BEACON_SERVICE_HOST, 10.0.0.1",
    "BEACON_SERVICE_PORT, 443",
    "BEACON_SERVICE_PORT_RELAY, 443",
    "BEACON_PORT, tcp://10.0.0.1:443",
    "BEACON_PORT_443_TCP, tcp://10.0.0.1:443",
    "BEACON_PORT_443_TCP_PROTO, tcp",
    "BEACON_PORT_443_TCP_PORT, 443",
    "BEACON_PORT_443_TCP_ADDR, 10.0.0.1",
    "BEACON_PORT_53_UDP, udp://10.0.0.1:53",
    "BEACON_ADMIN_SERVICE_HOST, 10.0.0.1",
    "BEACON_ADMIN_SERVICE_PORT_HTTP, 9443",
    "BEACON_ADMIN_PORT, tcp://10.0.0.1:9443",
    "BEACON_ADMIN_PORT_9443_TCP_ADDR, 10.0.0.1"
  })
  void ignoresWhatKubernetesInjects(String name, String value) {
    assertThat(resolve(Map.of(), Map.of(name, value))).isEmpty();
    assertThat(problems.lines()).isEmpty();
  }

  @Test
  void doesNotTakeAPortForOneOfKubernetes() {
    resolve(Map.of(), Map.of("BEACON_PORT", "8443"));
    assertThat(problems.lines()).singleElement().asString().startsWith("BEACON_PORT: no option");
  }
}
