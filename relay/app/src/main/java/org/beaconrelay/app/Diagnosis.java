package org.beaconrelay.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.beaconrelay.app.LimitFindings.LoadBalancer;
import org.beaconrelay.server.HeapNeeds;
import org.beaconrelay.server.HostLimits;
import org.beaconrelay.server.Keepalive;

/// What facts about a host mean for a relay on it that has default settings.
final class Diagnosis {
  private static final Set<String> ARCHITECTURES = Set.of("amd64", "x86_64", "aarch64");

  private final HostFacts facts;

  private Diagnosis(HostFacts facts) {
    this.facts = facts;
  }

  static List<Finding> of(HostFacts facts) {
    Diagnosis diagnosis = new Diagnosis(facts);
    HostLimits limits = facts.host().limits();
    LimitFindings of = new LimitFindings(limits);
    List<Finding> findings = new ArrayList<>();
    findings.add(diagnosis.kernel());
    findings.add(diagnosis.epoll());
    findings.add(diagnosis.splice());
    findings.add(diagnosis.ioUring());
    findings.add(diagnosis.kernelTls());
    long heapBytes = facts.host().heapBytes();
    findings.add(of.descriptors(facts.host().cores(), HeapNeeds.OUTER_TLS.maxLinks(heapBytes)));
    findings.add(of.pipeSize());
    findings.add(of.pipePages(limits.wantedPipeBudgetBytes()));
    findings.add(LimitFindings.acceptQueue(facts.somaxconn()));
    for (LoadBalancer loadBalancer : LoadBalancer.values()) {
      findings.add(LimitFindings.keepalive(Keepalive.DEFAULT, loadBalancer));
    }
    findings.add(of.memory(heapBytes));
    return List.copyOf(findings);
  }

  private Finding kernel() {
    String kernel = facts.kernel() + " " + facts.architecture();
    return ARCHITECTURES.contains(facts.architecture())
        ? Finding.ok("kernel", kernel, "")
        : Finding.fail("kernel", kernel, "run it on x86_64 or aarch64");
  }

  private Finding epoll() {
    String fault = facts.epollFault();
    return fault == null
        ? Finding.ok("epoll", "available", "")
        : Finding.fail("epoll", "unavailable", fault);
  }

  private Finding splice() {
    String fault = facts.spliceFault();
    return fault == null
        ? Finding.ok("splice", "self-test passed", "relayed bytes stay in the kernel")
        : Finding.fail("splice", fault, "allow splice(2), or run with --data-path copy");
  }

  /// epoll does as well, so that it is no fault not to have it.
  private Finding ioUring() {
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

  /// Of no consequence for a relay as it is, which people who know of kTLS should be told.
  private Finding kernelTls() {
    return Finding.ok(
        "kTLS",
        facts.kernelTls() ? "loaded" : "not loaded",
        "not needed: outer TLS is this process's own, while there is any");
  }
}
