package org.beaconrelay.app;

import java.time.Duration;
import org.beaconrelay.server.DescriptorPlan;
import org.beaconrelay.server.EngineSettings;
import org.beaconrelay.server.HeapNeeds;
import org.beaconrelay.server.HostLimits;
import org.beaconrelay.server.Keepalive;
import org.jspecify.annotations.Nullable;

/// What each limit of a host means for a relay on it: for `beacon doctor`, and for a relay that
/// starts.
final class LimitFindings {
  /// Fewer are soon used up by waiting links; many systems have no more unless they are told.
  private static final int COMFORTABLE_OPEN_FILES = 65_536;

  private static final int WANTED_OPEN_FILES = 1_048_576;
  private static final int WANTED_SOMAXCONN = 4096;
  private static final long SCARCE_MEMORY_BYTES = 256L << 20;
  private static final long PAGE_BYTES = 4096;

  private final HostLimits limits;

  LimitFindings(HostLimits limits) {
    this.limits = limits;
  }

  /// @param withinHeap links that the heap has room for, however many descriptors there are
  Finding descriptors(int eventLoops, int withinHeap) {
    int openFiles = limits.openFiles();
    String value = openFiles == Integer.MAX_VALUE ? "unlimited" : String.valueOf(openFiles);
    DescriptorPlan plan;
    try {
      plan = DescriptorPlan.of(openFiles, eventLoops);
    } catch (IllegalArgumentException e) {
      return Finding.fail("descriptors", value, String.valueOf(e.getMessage()));
    }
    if (plan.maxLinks() >= withinHeap) {
      return Finding.ok(
          "descriptors",
          value,
          "%d links, which is all that the heap has room for; %d pipes"
              .formatted(withinHeap, plan.maxPipes()));
    }
    String gives = "%d links, %d pipes".formatted(plan.maxLinks(), plan.maxPipes());
    return openFiles >= COMFORTABLE_OPEN_FILES
        ? Finding.ok("descriptors", value, gives)
        : Finding.warn(
            "descriptors",
            value,
            "%s; more, up to the %d that the heap has room for: LimitNOFILE=%d"
                .formatted(gives, withinHeap, WANTED_OPEN_FILES));
  }

  Finding pipeSize() {
    int maxSize = limits.pipeMaxSizeBytes();
    boolean largeEnough = maxSize >= EngineSettings.DEFAULT_PIPE_SIZE_BYTES || limits.privileged();
    return largeEnough
        ? Finding.ok("fs.pipe-max-size", Sizes.format(maxSize), unbound("pipes may be as large"))
        : Finding.warn(
            "fs.pipe-max-size",
            Sizes.format(maxSize),
            "sysctl fs.pipe-max-size=" + EngineSettings.DEFAULT_PIPE_SIZE_BYTES);
  }

  /// @param wantedBytes what all pipes together are to hold
  Finding pipePages(long wantedBytes) {
    long pages = limits.pipeUserPagesSoft();
    long budgetBytes = Math.min(wantedBytes, limits.mostPipeBudgetBytes());
    // Three quarters of the pages are taken, so a third more are needed; and no limit is written 0.
    long wantedPages = (wantedBytes / PAGE_BYTES + 2) / 3 * 4;
    String value = pages == 0 ? "no limit" : pages + " pages";
    return budgetBytes == wantedBytes
        ? Finding.ok(
            "fs.pipe-user-pages-soft", value, unbound(Sizes.format(budgetBytes) + " for pipes"))
        : Finding.warn(
            "fs.pipe-user-pages-soft",
            value,
            "%s for pipes; for %s: sysctl fs.pipe-user-pages-soft=%d"
                .formatted(Sizes.format(budgetBytes), Sizes.format(wantedBytes), wantedPages));
  }

  private String unbound(String otherwise) {
    return limits.privileged() ? "does not bind this process: it is privileged" : otherwise;
  }

  /// @param somaxconn null if it is not to be seen
  static Finding acceptQueue(@Nullable Integer somaxconn) {
    if (somaxconn == null) {
      return Finding.warn("net.core.somaxconn", "unknown", "cannot be read here");
    }
    return somaxconn < WANTED_SOMAXCONN
        ? Finding.warn(
            "net.core.somaxconn",
            somaxconn.toString(),
            "sysctl net.core.somaxconn=" + WANTED_SOMAXCONN)
        : Finding.ok("net.core.somaxconn", somaxconn.toString(), "links may queue to be accepted");
  }

  static Finding keepalive(Keepalive keepalive, LoadBalancer loadBalancer) {
    String what = "keepalive, " + loadBalancer.text;
    String value = Durations.format(keepalive.idle());
    String limit = loadBalancer.idle.toSeconds() + "s";
    return keepalive.idle().compareTo(loadBalancer.idle) < 0
        ? Finding.ok(what, value, "its idle time is " + limit)
        : Finding.warn(what, value, "its idle time is %s: set --keepalive below".formatted(limit));
  }

  /// @param heapBytes what this JVM may use for objects
  Finding memory(long heapBytes) {
    long memoryBytes = limits.memoryBytes();
    String value = (memoryBytes >> 20) + "MiB";
    String heap =
        "of it at most %dMiB for the JVM's heap: %d links, or %d inside outer TLS"
            .formatted(
                heapBytes >> 20,
                HeapNeeds.PLAIN.maxLinks(heapBytes),
                HeapNeeds.OUTER_TLS.maxLinks(heapBytes));
    return memoryBytes >= SCARCE_MEMORY_BYTES
        ? Finding.ok("memory", value, heap)
        : Finding.warn("memory", value, "give it 256MiB or more; " + heap);
  }

  /// How long load balancers keep a silent connection unless they are told otherwise.
  enum LoadBalancer {
    AWS("AWS NLB", Duration.ofSeconds(350)),
    AZURE("Azure LB", Duration.ofMinutes(4)),
    OCI("OCI NLB", Duration.ofMinutes(5));

    private final String text;
    private final Duration idle;

    LoadBalancer(String text, Duration idle) {
      this.text = text;
      this.idle = idle;
    }
  }
}
