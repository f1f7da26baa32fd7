package org.beaconrelay.perf.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BenchmarkPageCommandTest {
  private static final String RESULT =
      """
      [{"benchmark":"org.beaconrelay.bench.SpliceBenchmark.message","mode":"avgt","threads":1,"forks":3,
        "params":{"copy":"false","note":"<i>"},"warmupIterations":5,"warmupTime":"1 s",
        "primaryMetric":{"score":12.5,"scoreError":0.5,"scoreUnit":"us/op"},
        "secondaryMetrics":{"gc.alloc.rate.norm":{"score":0.25,"scoreError":"NaN","scoreUnit":"B/op"}}},
       {"benchmark":"org.beaconrelay.bench.WireBenchmark.readAnnounce","mode":"thrpt",
        "primaryMetric":{"score":2e7,"scoreError":"NaN","scoreUnit":"ops/s"},"secondaryMetrics":{}}]
      """;

  @TempDir private Path folder;

  private record Outcome(int exitCode, String out, String err) {}

  private static Outcome run(String... arguments) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int exitCode =
        BenchmarkPageCommand.run(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            arguments);
    return new Outcome(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("jmh.json"), text).toString();
  }

  @Test
  void showsEachClass() throws IOException {
    Path page = folder.resolve("page.html");
    Outcome outcome = run(file(RESULT), "--out", page.toString());
    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("## SpliceBenchmark", "Score, us/op; less is better")
        .contains("| message copy=false note=<i> | 12.5 us/op | +/- 0.5 |")
        .contains("| message copy=false note=<i> | 0.25 B/op | unknown |")
        .contains("## WireBenchmark", "Score, ops/s; more is better")
        .contains("| readAnnounce | 20,000,000 ops/s | unknown |");
    assertThat(Files.readString(page))
        .contains("<h2>SpliceBenchmark</h2>", "note=&lt;i&gt;")
        .doesNotContain("note=<i>", "<script");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    assertThat(run().exitCode()).isEqualTo(64);
    assertThat(run(folder.resolve("none").toString()).exitCode()).isEqualTo(78);
    assertThat(run(file("[]")).err()).contains("has no benchmarks in it");
    assertThat(run(file("[")).err()).contains("is no JSON");
    assertThat(run(file("[{\"benchmark\":\"a.B.c\",\"mode\":\"avgt\",\"primaryMetric\":{}}]")))
        .isEqualTo(
            new Outcome(
                78,
                "",
                "page: %s is no result of JMH: [0].primaryMetric.score is missing\n"
                    .formatted(folder.resolve("jmh.json"))));
  }
}
