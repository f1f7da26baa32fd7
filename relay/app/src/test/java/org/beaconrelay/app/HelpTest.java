package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class HelpTest {
  private static final Pattern COMMAND = Pattern.compile("(?m)^  ([a-z-]+)  +[A-Z]");

  private static String help(String... arguments) {
    Outcome outcome = Outcome.of(arguments);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isEqualTo(ExitCode.OK);
    return outcome.out();
  }

  @Test
  void listsTheCommandsThatThereAre() {
    assertThat(COMMAND.matcher(help("--help")).results().map(match -> match.group(1)))
        .containsExactly(
            "relay",
            "bridge",
            "broker",
            "pki",
            "demo",
            "prove",
            "info-hash",
            "disclose",
            "retention",
            "report",
            "doctor",
            "version");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "relay --help",
        "bridge --help",
        "broker --help",
        "pki --help",
        "demo --help",
        "prove --help",
        "info-hash --help",
        "disclose --help",
        "retention --help",
        "report --help",
        "doctor --help"
      })
  void fitsIntoATerminal(String arguments) {
    assertThat(help(arguments.split(" ", -1)).lines())
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80).doesNotEndWith(" "))
        .noneMatch(line -> line.contains("@|") || line.contains("`"));
  }

  static Stream<Arguments> options() {
    return Stream.of(
            Map.entry("relay", OptionSet.RELAY),
            Map.entry("bridge", OptionSet.BRIDGE),
            Map.entry("broker", OptionSet.BROKER),
            Map.entry("pki", OptionSet.PKI),
            Map.entry("disclose", OptionSet.DISCLOSE),
            Map.entry("retention", OptionSet.RETENTION),
            Map.entry("prove", OptionSet.PROVE),
            Map.entry("report", OptionSet.REPORT))
        .flatMap(
            command ->
                command.getValue().options().stream()
                    .map(option -> Arguments.of(command.getKey(), option)));
  }

  @ParameterizedTest
  @MethodSource("options")
  void explainsEveryOption(String command, Option option) {
    String help = help(command, "--help");
    String name = "  " + option.usage();
    assertThat(help.lines())
        .filteredOn(line -> line.equals(name) || line.startsWith(name + "  "))
        .hasSize(1);
    assertThat(help.replaceAll("\\s+", " "))
        .contains(
            option.text().meaning().replace("`", "")
                + " ["
                + option.text().defaultText().replace("`", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"relay", "broker"})
  void explainsExitCodes(String command) {
    assertThat(help(command, "--help").lines())
        .filteredOn(line -> line.matches("  [0-9]+ .*"))
        .extracting(line -> line.strip().split(" ", 2)[0])
        .containsExactly("0", "64", "69", "78", "1");
  }
}
