package org.beaconrelay.app.demo;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.endpoint.EndpointObserver;

/// Waits until bridge and broker are there, and takes down what they complain of.
final class DemoObserver implements EndpointObserver {
  private static final int ENDPOINTS = 2;

  private final CountDownLatch ready = new CountDownLatch(ENDPOINTS);
  private final ConcurrentLinkedQueue<String> problems = new ConcurrentLinkedQueue<>();

  @Override
  public void onReady() {
    ready.countDown();
  }

  @Override
  public void onProblem(String problem) {
    problems.add(problem);
  }

  /// @throws IOException if they are not there in time: says what they complained of
  void awaitReady(Duration atMost) throws IOException, InterruptedException {
    if (!ready.await(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new IOException("bridge and broker have not become ready: " + problems);
    }
  }

  List<String> problems() {
    return List.copyOf(problems);
  }
}
