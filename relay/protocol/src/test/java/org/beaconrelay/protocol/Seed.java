package org.beaconrelay.protocol;

import java.util.Random;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/// Randomness that can be had again: prints its seed when the test fails, and takes it back from
/// `-Dbeacon.seed`.
///
/// Used as `@RegisterExtension final Seed seed = Seed.fresh();`. The field is not static, so that
/// each test method begins anew with the seed and fails alike when it runs alone.
final class Seed implements TestExecutionExceptionHandler {
  static final String PROPERTY = "beacon.seed";

  private final long value;

  // Random and no other generator: its numbers are specified, the same on every JDK.
  private final Random random;

  private Seed(long value) {
    this.value = value;
    random = new Random(value);
  }

  /// The seed of the system property, or a new one where it is not set.
  static Seed fresh() {
    return of(System.getProperty(PROPERTY));
  }

  /// The seed that `property` names, or a new one if it is null or empty.
  static Seed of(@Nullable String property) {
    return new Seed(
        property == null || property.isEmpty() ? new Random().nextLong() : Long.decode(property));
  }

  RandomGenerator random() {
    return random;
  }

  /// What to add to the command line to see the same numbers again.
  String option() {
    return "-D" + PROPERTY + "=" + value;
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure)
      throws Throwable {
    System.err.println(context.getDisplayName() + ": to repeat this, add " + option());
    throw failure;
  }
}
