package org.beaconrelay.testing;

import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/// Gives a property test its [Random], and a failure the seed that repeats it.
public final class Seeded implements ParameterResolver, TestExecutionExceptionHandler {
  private static final String PROPERTY = "beacon.seed";

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Random.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    long seed = Long.getLong(PROPERTY, ThreadLocalRandom.current().nextLong());
    store(context).put(PROPERTY, seed);
    return new Random(seed);
  }

  @Override
  public void handleTestExecutionException(ExtensionContext context, Throwable failure) {
    throw new AssertionError(
        "with -D%s=%s: %s".formatted(PROPERTY, store(context).get(PROPERTY), failure.getMessage()),
        failure);
  }

  private static ExtensionContext.Store store(ExtensionContext context) {
    return context.getStore(Namespace.create(Seeded.class, context.getUniqueId()));
  }
}
