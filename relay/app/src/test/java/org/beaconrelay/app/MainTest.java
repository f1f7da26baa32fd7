package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "rely                      | unknown command \"rely\"; did you mean relay?",
        "brigde                    | unknown command \"brigde\"; did you mean bridge?",
        "--version                 | unknown option \"--version\"",
        "relay --lisen=x           | unknown option \"--lisen\"; did you mean --listen?",
        "relay --cluster off       | unknown option \"--cluster\"",
        "relay --listen            | --listen needs a value: --listen HOST:PORT",
        "relay --listen --tls off  | --listen needs a value: --listen HOST:PORT",
        "relay --tls off --tls off | --tls is given more than once",
        "relay off                 | unexpected argument \"off\"",
        "pki --in x                | unknown option \"--in\"",
        "pki x                     | unexpected argument \"x\"",
        "relay --tls-key           | --tls-key needs a value: --tls-key FILE",
        "info-hash                 | FILE is missing",
        "info-hash a b             | unexpected argument \"b\"",
        "doctor now                | unexpected argument \"now\"",
        "version -v                | unknown option \"-v\""
      })
  void tellsWhatIsWrongWithTheCommandLine(String arguments, String problem) {
    Outcome outcome = Outcome.of(arguments.split(" ", -1));
    assertThat(outcome.err()).startsWith("beacon: " + problem + "\n").contains("\nSee 'beacon");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void showsHelpWhereNothingIsAsked() {
    Outcome outcome = Outcome.of();
    assertThat(outcome.err()).contains("Usage: beacon COMMAND");
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void endsWithTheCodeOfConfigurationProblems() {
    Outcome outcome =
        Outcome.of(
            Map.of("BEACON_MAX_WAIT", "5", "BEACON_X", "", "BEACON_PORT", "tcp://10.0.0.1:443"),
            new byte[0],
            "relay",
            "--tls=on");

    assertThat(outcome.err().lines())
        .hasSize(3)
        .allMatch(line -> line.startsWith("beacon: "))
        .anyMatch(line -> line.startsWith("beacon: BEACON_X: "))
        .anyMatch(line -> line.startsWith("beacon: BEACON_MAX_WAIT \"5\": "))
        .anyMatch(line -> line.startsWith("beacon: flag --tls \"on\": "));
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
  }

  @Test
  void checksAConfigurationWithoutStarting() {
    Outcome outcome =
        Outcome.of(
            Map.of("BEACON_TLS", "off", "BEACON_CHECK_CONFIG", "true"),
            new byte[0],
            "relay",
            "--listen=127.0.0.1:1",
            "--listen",
            "[::1]:2",
            "--user-timeout=10s");

    assertThat(outcome.out())
        .startsWith("config listen=127.0.0.1:1,[")
        .contains("]:2(flag) tls=off(env) ")
        .hasLineCount(1);
    assertThat(outcome.err()).startsWith("beacon: warning: keepalive 30s,10s,3").hasLineCount(1);
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--require-proof", "--require-proof=on", "--require-proof on"})
  void takesASwitchWithAndWithoutItsValue(String flag) {
    Outcome outcome = Outcome.of(("relay --check-config " + flag + " --tls off").split(" ", -1));
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.out()).contains(" require-proof=on(flag) ", " tls=off(flag) ");
  }

  @Test
  void doesNotTakeAnAtSignForAnArgumentFile() {
    assertThat(Outcome.of("info-hash", "@/etc/passwd").err())
        .isEqualTo("beacon: @/etc/passwd: no such file\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"version", "disclose --help", "relay --check-config --tls=off"})
  void saysThatWhatItPrintsCannotBeWritten(String arguments) throws IOException {
    Outcome outcome = Outcome.onFullDisk(arguments.split(" ", -1));
    assertThat(outcome.err()).isEqualTo("beacon: standard output: could not be written\n");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.FAILURE);
  }

  @Test
  void tellsItsVersion() {
    Outcome outcome = Outcome.of("version");
    assertThat(outcome.out().lines().map(line -> line.split(" +", 2)[0]))
        .containsExactly("version", "commit", "build-sha256", "jdk", "netty", "transports");
    assertThat(outcome.out())
        .contains("jdk           " + Runtime.version())
        .containsPattern("build-sha256  (unpackaged|[0-9a-f]{64})")
        .containsPattern("version +[0-9]+\\.[0-9]+")
        .containsPattern("netty +4\\.2\\.");
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
  }
}
