package org.beaconrelay.server.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What became of fuzzing one target with Jazzer, in a JVM of its own: its agent instruments the
/// classes as they are loaded.
///
/// @param found whether it ended with a finding
/// @param output all that it said
/// @param reproducer the input that shows the finding, in hexadecimal digits; else empty
record FuzzRun(boolean found, String output, String reproducer) {
  private static final Path FOLDER = Path.of("target", "fuzz");

  /// As Jazzer ends when something was found (77), or libFuzzer when an input takes for ever or all
  /// memory (70, 71).
  private static final List<Integer> FINDING_CODES = List.of(77, 70, 71);

  /// What an input may take before it is a finding, though the machine has other work.
  private static final int INPUT_LIMIT_S = 60;

  /// Beside fuzzing: to start, and to run what is in the corpus.
  private static final int OVERHEAD_LIMIT_S = 120;

  /// From here on it is worth while to compile for speed.
  private static final int LONG_RUN_S = 60;

  private static final String ARTIFACT_PREFIX = "finding-";

  /// Fuzzes for so long, or until there is a finding. What it has come to, and what it said, is in
  /// `target/fuzz` until the next run.
  static FuzzRun of(FuzzTarget target, int seconds) throws Exception {
    Path folder = FOLDER.resolve(target.name());
    Path corpus = emptyFolder(folder.resolve("corpus"));
    Path seeds = emptyFolder(folder.resolve("seeds"));
    writeSeeds(target, seeds);
    Path output = folder.resolve("output.txt");
    Process jazzer =
        new ProcessBuilder(command(target, seconds, folder, corpus, seeds))
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      if (!jazzer.waitFor(seconds + OVERHEAD_LIMIT_S, TimeUnit.SECONDS)) {
        throw new AssertionError("hangs:\n" + Files.readString(output, UTF_8));
      }
    } finally {
      jazzer.destroyForcibly();
    }
    String said = Files.readString(output, UTF_8);
    if (jazzer.exitValue() != 0 && !FINDING_CODES.contains(jazzer.exitValue())) {
      throw new AssertionError("ended with " + jazzer.exitValue() + ":\n" + said);
    }
    return new FuzzRun(jazzer.exitValue() != 0, said, reproducer(said));
  }

  private static Path emptyFolder(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(Files.createDirectories(folder))) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    return folder;
  }

  /// And one of random bytes: libFuzzer is slow to make inputs that are longer than all it has.
  private static void writeSeeds(FuzzTarget target, Path folder) throws Exception {
    int number = 0;
    for (byte[] seed : target.seeds()) {
      Files.write(folder.resolve(Integer.toString(number++)), seed);
    }
    byte[] longest = new byte[target.maxBytes];
    new Random(0).nextBytes(longest);
    Files.write(folder.resolve("longest"), longest);
  }

  private static List<String> command(
      FuzzTarget target, int seconds, Path folder, Path corpus, Path seeds) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-ea");
    command.add("-Xmx512m");
    command.add("-XX:+UseSerialGC");
    if (seconds < LONG_RUN_S) {
      command.add("-XX:TieredStopAtLevel=1"); // starts in half the time
    }
    command.add("-XX:+EnableDynamicAgentLoading");
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("--sun-misc-unsafe-memory-access=allow");
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("com.code_intelligence.jazzer.Jazzer");
    command.add("--target_class=" + target.code.getName());
    command.add("--instrumentation_includes=" + target.instrumented);
    command.add("--custom_hook_includes=" + target.instrumented);
    command.add("--reproducer_path=" + folder);
    command.add("-artifact_prefix=" + folder.resolve(ARTIFACT_PREFIX));
    command.add("-max_total_time=" + seconds);
    command.add("-max_len=" + target.maxBytes);
    command.add("-timeout=" + INPUT_LIMIT_S);
    command.add("-use_value_profile=1");
    command.add("-print_final_stats=1");
    command.add(corpus.toString());
    command.add(seeds.toString());
    return command;
  }

  private static String reproducer(String output) throws IOException {
    Matcher written = Pattern.compile("Test unit written to (\\S+)").matcher(output);
    return written.find()
        ? HexFormat.of().formatHex(Files.readAllBytes(Path.of(written.group(1))))
        : "";
  }

  /// Inputs that were run.
  long executions() {
    return last("stat::number_of_executed_units: (\\d+)");
  }

  /// Branches of the instrumented code that were taken.
  long coverage() {
    return last("cov: (\\d+)");
  }

  /// What libFuzzer has told inputs apart by: branches, how often each was taken, comparisons.
  long features() {
    return last("ft: (\\d+)");
  }

  private long last(String pattern) {
    long value = 0;
    Matcher matcher = Pattern.compile(pattern).matcher(output);
    while (matcher.find()) {
      value = Long.parseLong(matcher.group(1));
    }
    return value;
  }

  /// The finding with its stack trace, and the input that shows it; or how it went.
  @Override
  public String toString() {
    try (Stream<String> lines = output.lines()) {
      return lines
              .filter(line -> !line.matches("(INFO|WARNING|OpenJDK)\\b.*|#\\d+\\s+(NEW|REDUCE).*"))
              .collect(Collectors.joining("\n"))
          + (found ? "\ninput: " + reproducer : "");
    }
  }
}
