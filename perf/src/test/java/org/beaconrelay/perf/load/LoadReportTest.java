package org.beaconrelay.perf.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class LoadReportTest {
  private static final ProcessSeries PROCESS =
      new ProcessSeries(
          List.of(
              new ProcessPoint(1_000, 0, 90_000, 50, 0, 31),
              new ProcessPoint(1_000_900_000, 500_000, 90_100, 70, 4, 30)));

  private static Histogram times(long... us) {
    Histogram times = new Histogram(3);
    for (long each : us) {
      times.recordValue(each * 1_000);
    }
    return times;
  }

  private static LoadReport report(boolean whole, @Nullable ProcessSeries process) {
    LoadResult result =
        new LoadResult(
            "relay",
            Unit.PAIRING,
            whole,
            2,
            1_000_900_000,
            times(100, 200),
            times(1, 2),
            Map.of("paired", 3L),
            process,
            null);
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("load", "pairing");
    settings.put("rate", 2);
    return new LoadReport(Map.of("kernel", "Linux"), settings, whole, List.of(result));
  }

  @Test
  void isForPeople() {
    assertThat(LoadText.of(report(true, PROCESS)))
        .isEqualTo(
            """
            scenario      load=pairing rate=2
            kernel        Linux

            | times in us        | relay |
            | ---                | ---   |
            | measured           | 2     |
            | p50                | 100.0 |
            | p90                | -     |
            | p99                | -     |
            | p99.9              | -     |
            | max                | 200.1 |
            | done a second      | 2.00  |
            | begun late by, p50 | 1.0   |
            | begun late by, p99 | -     |
            | relay CPU each     | 250.0 |
            | paired             | 3     |

            | relay's process         | at the start | at the end | at most |
            | ---                     | ---          | ---        | ---     |
            | RSS, KiB                | 90000        | 90100      | 90100   |
            | descriptors             | 50           | 70         | 70      |
            | of these, ends of pipes | 0            | 4          | 4       |
            | threads                 | 31           | 30         | 31      |
            """);
  }

  /// What comes after the measured time is timed, but is not what the CPU of that time was spent
  /// on.
  @Test
  void costsWhatWasDoneInTheMeasuredTime() {
    LoadResult late =
        new LoadResult(
            "relay",
            Unit.MESSAGE,
            true,
            1,
            1_000_000_000,
            times(100, 200, 300, 400),
            times(1, 1, 1, 1),
            Map.of(),
            PROCESS,
            null);
    assertThat(LoadText.of(new LoadReport(Map.of(), Map.of(), true, List.of(late))))
        .contains("| measured           | 4     |\n")
        .contains("| done a second      | 1.00  |\n")
        .contains("| relay CPU each     | 500.0 |\n");
  }

  @Test
  void tellsNoPercentileThatIsOnlyTheGreatest() {
    long[] hundred = LongStream.rangeClosed(1, 100).toArray();
    assertThat(Percentile.P99.isKnown(times(hundred))).isTrue();
    assertThat(Percentile.P99_9.isKnown(times(hundred))).isFalse();
    assertThat(Percentile.MAX.isKnown(times(hundred))).isTrue();
  }

  @Test
  void tellsBytesAsThroughput() {
    LoadResult result =
        new LoadResult(
            "relay",
            Unit.BYTE,
            true,
            3L << 30,
            2_000_000_000,
            times(),
            times(),
            Map.of("bytes sent", 5L << 30),
            PROCESS,
            null);
    LoadReport report = new LoadReport(Map.of(), Map.of("load", "bulk"), true, List.of(result));
    assertThat(LoadText.of(report))
        .contains("| GiB              | 3.00       |\n")
        .contains("| GiB/s            | 1.50       |\n")
        .contains("| relay CPU, s/GiB | 0.00       |\n");
    assertThat(LoadJson.of(report)).doesNotContain("times_us").doesNotContain("late_us");
  }

  @Test
  void isForPrograms() {
    assertThat(LoadJson.of(report(true, PROCESS)).replaceAll("\\s", ""))
        .isEqualTo(
            """
            {"format":1,"whole":true,"facts":{"kernel":"Linux"},\
            "scenario":{"load":"pairing","rate":2},\
            "runs":{"relay":{"unit":"pairing","done":2,"elapsed_ns":1000900000,\
            "times_us":{"p50":100.0,"max":200.1},\
            "late_us":{"p50":1.0},\
            "counts":{"paired":3},\
            "process":{"cpu_ns":500000,"rss_kib":90100,"descriptors":70,"pipe_ends":4,"threads":30},\
            "series":[\
            {"t_s":0,"cpu_ns":0,"rss_kib":90000,"descriptors":50,"pipe_ends":0,"threads":31},\
            {"t_s":1,"cpu_ns":500000,"rss_kib":90100,"descriptors":70,"pipe_ends":4,"threads":30}]}}}\
            """);
  }

  @Test
  void doesWithoutTheRelaysProcess() {
    LoadReport report = report(true, null);
    assertThat(LoadJson.of(report)).doesNotContain("process").doesNotContain("series");
    assertThat(LoadText.of(report)).doesNotContain("RSS");
  }

  @Test
  void saysThatItIsNotWhole() {
    LoadReport report = report(false, PROCESS);
    assertThat(LoadText.of(report)).startsWith("INCOMPLETE: ");
    assertThat(LoadJson.of(report)).contains("\"whole\":false");
  }

  private static LoadReport ramp(long... kernelBytes) {
    List<RampStep> steps = new ArrayList<>();
    for (int i = 0; i < kernelBytes.length; i++) {
      ProcessPoint process = new ProcessPoint(i, 0, 90_000 + i, 35 + 1_000 * i, 1, 20);
      steps.add(new RampStep(1_000 * i, kernelBytes[i], process));
    }
    LoadResult result =
        new LoadResult(
            "relay",
            Unit.LINK,
            true,
            2_000,
            5,
            times(),
            times(),
            Map.of("waiting", 2_000L),
            null,
            new RampResult(RampKind.WAITING, false, steps, KernelMemory.SLABINFO, 3_700.2));
    return new LoadReport(Map.of(), Map.of("load", "ramp"), true, List.of(result));
  }

  @Test
  void hasARampForPeople() {
    assertThat(LoadText.of(ramp(0, 4_096_000, 8_192_000)))
        .isEqualTo(
            """
            scenario      load=ramp

            |         | relay |
            | ---     | ---   |
            | waiting | 2000  |

            | waiting               | RSS, KiB | kernel, KiB | descriptors | of these, ends of pipes |
            | ---                   | ---      | ---         | ---         | ---                     |
            | 0                     | 90000    | 0           | 35          | 1                       |
            | 1000                  | 90001    | 4000        | 1035        | 1                       |
            | 2000                  | 90002    | 8000        | 2035        | 1                       |
            | each                  | 1 bytes  | 4096 bytes  | 1.000       |                         |
            | none, by the line     | 90000    | 0           | 35.000      |                         |
            | off the line, at most | 0        | 0           | 0.000       |                         |

            kernel: of the whole host, by /proc/slabinfo, beyond what the first row had; for each of the generator's own
            sockets 3700 bytes are taken off, which is what one took that no relay had to do with
            """);
  }

  @Test
  void saysThatTheKernelsMemoryIsNotTheLinks() {
    assertThat(LoadText.of(ramp(0, 9_000_000, 8_192_000))).contains("\nnote: ");
  }

  @Test
  void hasARampForPrograms() {
    assertThat(LoadJson.of(ramp(0, 4_096_000, 8_192_000)).replaceAll("\\s", ""))
        .contains(
            """
            "ramp":{"kind":"waiting","tls":"off","kernel_memory":"slabinfo","bare_end_kernel_bytes":3700,\
            "steps":[\
            {"links":0,"rss_kib":90000,"kernel_kib":0,"descriptors":35,"pipe_ends":1},\
            {"links":1000,"rss_kib":90001,"kernel_kib":4000,"descriptors":1035,"pipe_ends":1},\
            {"links":2000,"rss_kib":90002,"kernel_kib":8000,"descriptors":2035,"pipe_ends":1}],\
            "each":{"rss_bytes":1,"kernel_bytes":4096,"descriptors":1.0},\
            "none":{"rss_kib":90000,"descriptors":35.0},\
            "largest_residual":{"rss_kib":0,"kernel_kib":0,"descriptors":0.0}}\
            """);
  }
}
