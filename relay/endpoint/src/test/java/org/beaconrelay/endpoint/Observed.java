package org.beaconrelay.endpoint;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.testing.Patience;

/// What an endpoint told its observer.
final class Observed implements EndpointObserver {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final CountDownLatch ready = new CountDownLatch(1);
  private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();

  @Override
  public void onReady() {
    ready.countDown();
  }

  @Override
  public void onProblem(String problem) {
    problems.add(problem);
  }

  void awaitReady() throws InterruptedException {
    if (!ready.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("not ready, but: " + problems);
    }
  }

  boolean isReady() {
    return ready.getCount() == 0;
  }

  List<String> problems() {
    return List.copyOf(problems);
  }

  /// Waits until there was a problem with this text in it.
  String awaitProblem(String text) {
    try {
      Patience.until(
          PATIENCE,
          "a problem with: " + text,
          () -> problems.stream().anyMatch(problem -> problem.contains(text)));
    } catch (AssertionError e) {
      throw new AssertionError(e.getMessage() + "; there were " + problems, e);
    }
    return problems.stream().filter(problem -> problem.contains(text)).findFirst().orElseThrow();
  }
}
