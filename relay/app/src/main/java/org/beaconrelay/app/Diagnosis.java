package org.beaconrelay.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.beaconrelay.server.DescriptorPlan;
import org.beaconrelay.server.EngineSettings;
import org.beaconrelay.server.HostLimits;
import org.beaconrelay.server.Keepalive;

/// What facts about a host mean for a relay on it.
final class Diagnosis {
  private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64");

  /// Fewer are soon used up by waiting links; many systems have no more unless they are told.
  private static final int COMFORTABLE_OPEN_FILES = 65_536;

  private static final int WANTED_OPEN_FILES = 1_048_576;
  private static final int WANTED_SOMAXCONN = 4096;
  private static final long SCARCE_MEMORY_BYTES = 256L << 20;
  private static final long PAGE_BYTES = 4096;

  private final HostFacts facts;
  private final HostLimits limits;
  private final List<Finding> findings = new ArrayList<>();

  private Diagnosis(HostFacts facts) {
    this.facts = facts;
    this.limits = facts.host().limits();
  }

  static List<Finding> of(HostFacts facts) {
    Diagnosis diagnosis = new Diagnosis(facts);
    diagnosis.examineKernel();
    diagnosis.examineDescriptors();
    diagnosis.examinePipes();
    diagnosis.examineNetwork();
    diagnosis.examineMemory();
    return List.copyOf(diagnosis.findings);
  }

  private void examineKernel() {
    String kernel = facts.kernel() + " " + facts.architecture();
    add(
        ARCHITECTURES.contains(facts.architecture())
            ? Finding.ok("kernel", kernel, "")
            : Finding.fail("kernel", kernel, "run it on x86_64 or aarch64"));
    String epollFault = facts.epollFault();
    add(
        epollFault == null
            ? Finding.ok("epoll", "available", "")
            : Finding.fail("epoll", "unavailable", epollFault));
    String spliceFault = facts.spliceFault();
    add(
        spliceFault == null
            ? Finding.ok("splice", "self-test passed", "relayed bytes stay in the kernel")
            : Finding.fail("splice", spliceFault, "allow splice(2), or run with --data-path copy"));
    add(examineIoUring());
  }

  /// epoll does as well, so that it is no fault not to have it.
  private Finding examineIoUring() {
    String fault = facts.host().ioUringProbe().get();
    if (fault == null) {
      return Finding.ok("io_uring", "available", "");
    }
    Integer disabled = facts.ioUringDisabled();
    String advice = "epoll is used instead: " + fault;
    return Finding.ok(
        "io_uring",
        "unavailable",
        disabled == null || disabled == 0
            ? advice
            : advice + " (sysctl kernel.io_uring_disabled=%d)".formatted(disabled));
  }

  private void examineDescriptors() {
    int openFiles = limits.openFiles();
    String value = openFiles == Integer.MAX_VALUE ? "unlimited" : String.valueOf(openFiles);
    DescriptorPlan plan;
    try {
      plan = DescriptorPlan.of(openFiles, facts.host().cores());
    } catch (IllegalArgumentException e) {
      add(Finding.fail("descriptors", value, String.valueOf(e.getMessage())));
      return;
    }
    String gives = "%d links, %d pipes".formatted(plan.maxLinks(), plan.maxPipes());
    add(
        openFiles >= COMFORTABLE_OPEN_FILES
            ? Finding.ok("descriptors", value, gives)
            : Finding.warn(
                "descriptors", value, gives + "; more: LimitNOFILE=" + WANTED_OPEN_FILES));
  }

  private void examinePipes() {
    int maxSize = limits.pipeMaxSizeBytes();
    boolean largeEnough = maxSize >= EngineSettings.DEFAULT_PIPE_SIZE_BYTES || limits.privileged();
    add(
        largeEnough
            ? Finding.ok(
                "fs.pipe-max-size", Sizes.format(maxSize), unbound("pipes may be as large"))
            : Finding.warn(
                "fs.pipe-max-size",
                Sizes.format(maxSize),
                "sysctl fs.pipe-max-size=" + EngineSettings.DEFAULT_PIPE_SIZE_BYTES));
    long pages = limits.pipeUserPagesSoft();
    long budgetBytes = limits.defaultPipeBudgetBytes();
    long wantedBytes = unboundLimits().defaultPipeBudgetBytes();
    // Three quarters of the pages are taken, so a third more are needed; and no limit is written 0.
    long wantedPages = (wantedBytes / PAGE_BYTES + 2) / 3 * 4;
    String value = pages == 0 ? "no limit" : pages + " pages";
    add(
        budgetBytes == wantedBytes
            ? Finding.ok(
                "fs.pipe-user-pages-soft", value, unbound(Sizes.format(budgetBytes) + " for pipes"))
            : Finding.warn(
                "fs.pipe-user-pages-soft",
                value,
                "%s for pipes; for %s: sysctl fs.pipe-user-pages-soft=%d"
                    .formatted(Sizes.format(budgetBytes), Sizes.format(wantedBytes), wantedPages)));
  }

  private String unbound(String otherwise) {
    return limits.privileged() ? "does not bind this process: it is privileged" : otherwise;
  }

  private HostLimits unboundLimits() {
    return new HostLimits(
        limits.openFiles(), limits.pipeMaxSizeBytes(), 0, false, limits.memoryBytes());
  }

  private void examineNetwork() {
    Integer somaxconn = facts.somaxconn();
    if (somaxconn == null) {
      add(Finding.warn("net.core.somaxconn", "unknown", "cannot be read here"));
    } else if (somaxconn < WANTED_SOMAXCONN) {
      add(
          Finding.warn(
              "net.core.somaxconn",
              somaxconn.toString(),
              "sysctl net.core.somaxconn=" + WANTED_SOMAXCONN));
    } else {
      add(Finding.ok("net.core.somaxconn", somaxconn.toString(), "links may queue to be accepted"));
    }
    for (LoadBalancer loadBalancer : LoadBalancer.values()) {
      add(examineKeepalive(Keepalive.DEFAULT, loadBalancer));
    }
  }

  static Finding examineKeepalive(Keepalive keepalive, LoadBalancer loadBalancer) {
    String what = "keepalive, " + loadBalancer.text;
    String value = Durations.format(keepalive.idle());
    String limit = loadBalancer.idle.toSeconds() + "s";
    return keepalive.idle().compareTo(loadBalancer.idle) < 0
        ? Finding.ok(what, value, "its idle time is " + limit)
        : Finding.warn(what, value, "its idle time is %s: set --keepalive below".formatted(limit));
  }

  private void examineMemory() {
    long memoryBytes = limits.memoryBytes();
    String value = (memoryBytes >> 20) + "MiB";
    String heap = "of it at most %dMiB for the JVM's heap".formatted(facts.heapBytes() >> 20);
    add(
        memoryBytes >= SCARCE_MEMORY_BYTES
            ? Finding.ok("memory", value, heap)
            : Finding.warn("memory", value, "give it 256MiB or more; " + heap));
  }

  private void add(Finding finding) {
    findings.add(finding);
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
