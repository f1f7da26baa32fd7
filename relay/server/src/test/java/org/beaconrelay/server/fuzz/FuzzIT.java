package org.beaconrelay.server.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// Looks for inputs that do harm, guided by which code each one reaches: about a minute in all.
/// `-Dbeacon.fuzz.seconds=450 -Dit.timeoutS=0` makes an hour of it. See docs/decisions/0020.
@Timeout(value = 1, unit = TimeUnit.DAYS) // a run bounds itself
@DisabledIfSystemProperty(
    named = "beacon.transport",
    matches = "IO_URING",
    disabledReason = "no target has a transport, so once is enough")
final class FuzzIT {
  private static final int SECONDS_EACH = Integer.getInteger("beacon.fuzz.seconds", 6);
  private static final int SECONDS_FOR_PLANTED = 60;

  /// A hundredth of what the slowest does: that it runs at all, not how fast.
  private static final int LEAST_EXECUTIONS = 20;

  /// So many branches has the smallest target.
  private static final int LEAST_COVERAGE = 20;

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "PLANTED")
  void findsNothing(FuzzTarget target) throws Exception {
    FuzzRun run = FuzzRun.of(target, SECONDS_EACH);
    assertThat(run.found()).as("a finding: %s", run).isFalse();
    assertThat(run.executions()).as("executions: %s", run).isGreaterThan(LEAST_EXECUTIONS);
    assertThat(run.coverage()).as("coverage: %s", run).isGreaterThan(LEAST_COVERAGE);
    assertThat(run.features()).as("features: %s", run).isGreaterThan(run.coverage());
  }

  @Test
  void findsWhatIsPlanted() throws Exception {
    FuzzRun run = FuzzRun.of(FuzzTarget.PLANTED, SECONDS_FOR_PLANTED);
    assertThat(run.found()).as("a finding: %s", run).isTrue();
    assertThat(run.toString()).contains(PlantedFuzz.FAULT, "PlantedFuzz.fuzzerTestOneInput");
    assertThat(run.reproducer()).isEqualTo("42434e3104070101");
  }
}
