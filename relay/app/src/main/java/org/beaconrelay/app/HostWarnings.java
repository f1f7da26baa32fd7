package org.beaconrelay.app;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.beaconrelay.app.LimitFindings.LoadBalancer;
import org.beaconrelay.server.HostLimits;
import org.beaconrelay.server.RelaySettings;
import org.jspecify.annotations.Nullable;

/// What a relay that starts says of its host: each thing that `beacon doctor` would warn of, as it
/// bears on the settings that this relay has. What has been said of its configuration is not said
/// again, nor what keeps a relay from starting at all.
final class HostWarnings {
  private HostWarnings() {}

  /// Who says how much he wants is not told that there is more.
  ///
  /// @param somaxconn null if it is not to be seen
  static List<String> of(RelayConfig config, @Nullable Integer somaxconn) {
    RelaySettings settings = config.settings();
    Map<Option, Setting> given = config.given();
    HostLimits limits = config.host().limits();
    long heapBytes = config.host().heapBytes();
    LimitFindings of = new LimitFindings(limits);
    List<Finding> findings = new ArrayList<>();
    if (!given.containsKey(RelayOption.MAX_LINKS)) {
      int withinHeap = settings.listen().heapNeeds().maxLinks(heapBytes);
      findings.add(of.descriptors(settings.engine().eventLoops(), withinHeap));
    }
    long budgetBytes = settings.engine().pipeBudgetBytes();
    if (!given.containsKey(RelayOption.PIPE_BUDGET)) {
      findings.add(of.pipePages(limits.wantedPipeBudgetBytes()));
    } else if (budgetBytes > limits.mostPipeBytes()) {
      findings.add(of.pipePages(budgetBytes));
    }
    if (somaxconn != null) { // where it is not to be seen there is nothing to be done about it
      findings.add(LimitFindings.acceptQueue(somaxconn));
    }
    for (LoadBalancer loadBalancer : LoadBalancer.values()) {
      findings.add(LimitFindings.keepalive(settings.timeouts().keepalive(), loadBalancer));
    }
    findings.add(of.memory(heapBytes));
    return findings.stream()
        .filter(finding -> finding.status() != Finding.Status.OK)
        .map(HostWarnings::text)
        .toList();
  }

  private static String text(Finding finding) {
    return "host: %s: %s: %s".formatted(finding.what(), finding.value(), finding.advice());
  }
}
