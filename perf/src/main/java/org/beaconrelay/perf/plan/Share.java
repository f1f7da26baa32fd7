package org.beaconrelay.perf.plan;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// What a replica has to bear, and what that takes, where so many share the load.
///
/// @param tls whether links are inside outer TLS
/// @param estimates of what is wanted and was measured
/// @param pick the measurement to go by
record Share(
    int replicas,
    Wanted load,
    Node node,
    boolean tls,
    double headroom,
    Map<Quantity, Estimate> estimates,
    Function<Estimate, Sample> pick) {
  private static final long MIB = 1 << 20;

  static Share of(Plan plan, int replicas, Function<Estimate, Sample> pick) {
    Wanted load = plan.wanted().dividedBy(replicas);
    Map<Quantity, Estimate> estimates = new EnumMap<>(Quantity.class);
    for (Quantity quantity : Quantity.values()) {
      if (load.of(quantity) > 0) {
        plan.evidence()
            .estimate(quantity, load)
            .ifPresent(estimate -> estimates.put(quantity, estimate));
      }
    }
    return new Share(replicas, load, plan.node(), plan.tls(), plan.headroom(), estimates, pick);
  }

  /// What is wanted, and was not measured.
  List<Quantity> missing() {
    List<Quantity> missing = new ArrayList<>();
    for (Quantity quantity : Quantity.values()) {
      if (load.of(quantity) > 0 && !estimates.containsKey(quantity)) {
        missing.add(quantity);
      }
    }
    return missing;
  }

  /// What to go by; nothing if it is not wanted or was not measured.
  Stream<Sample> sample(Quantity quantity) {
    return Stream.ofNullable(estimates.get(quantity)).map(pick);
  }

  Memory memory() {
    return new Memory(this);
  }

  /// Links that there may be with the head-room taken.
  int mostLinks() {
    return (int) Math.min(Integer.MAX_VALUE, Math.max(2, Math.ceil(load.links() / (1 - headroom))));
  }

  // ---- CPU

  /// Cores that are busy.
  double cores() {
    return Quantity.RATES.stream().mapToDouble(this::cores).sum();
  }

  double cores(Quantity quantity) {
    return sample(quantity).mapToDouble(sample -> load.of(quantity) * sample.each()).sum();
  }

  /// How much of its core the busiest event loop is expected to need. Pairs stay with the loop that
  /// their info_hash leads to, so loops get unequal numbers: of `n` in `l` loops the fullest has
  /// about `sqrt(2 ln l)` standard deviations more than the mean.
  double busiestLoop() {
    int loops = node.cores();
    double mean = cores() / loops;
    if (loops == 1 || load.pairs() == 0) {
      return mean;
    }
    double pairsPerLoop = load.pairs() / loops;
    double excess = Math.sqrt(2 * Math.log(loops) * (1 - 1.0 / loops) / pairsPerLoop);
    return mean * (1 + Math.min(loops - 1, excess));
  }

  // ---- pipes

  /// Pages of the pipes that are in use.
  double pipePages() {
    double pipes = estimates.values().stream().mapToDouble(Estimate::pipes).sum();
    return pipes * Node.PIPE_BYTES / Node.PAGE_BYTES;
  }

  /// What `--pipe-budget` has to be; all of it may be taken.
  long pipeBudgetBytes() {
    double needed = pipePages() * Node.PAGE_BYTES / (1 - headroom);
    return Math.max(node.pipeBudgetBytes(), MIB * (long) Math.ceil(needed / MIB));
  }

  // ---- limits

  List<Limit> limits() {
    List<Limit> limits = new ArrayList<>();
    limits.add(
        new Limit(Limit.Kind.CORES, node.cores(), 0, cores(), true, isWhole(Quantity.RATES)));
    Memory memory = memory();
    if (memory.isKnown()) {
      limits.add(
          new Limit(
              Limit.Kind.MEMORY,
              node.memoryBytes(),
              memory.noneBytes(),
              memory.bytes(),
              true,
              isWhole(Quantity.HOLDINGS)));
    }
    limits.add(
        new Limit(Limit.Kind.LINKS, node.maxLinks(), 0, load.links(), node.openFilesFixed(), true));
    limits.add(
        new Limit(
            Limit.Kind.HEAP, Memory.linksIn(Memory.HEAP_MIB, tls), 0, load.links(), false, true));
    double budgetPages = (double) node.pipeBudgetBytes() / Node.PAGE_BYTES;
    limits.add(
        new Limit(Limit.Kind.PIPES, budgetPages, 0, pipePages(), false, isWhole(Quantity.PIPED)));
    return limits;
  }

  /// Whether all of these that is wanted was measured.
  boolean isWhole(List<Quantity> quantities) {
    return missing().stream().noneMatch(quantities::contains);
  }

  /// Whether it can be borne with the head-room, as far as is known.
  boolean fits() {
    return busiestLoop() <= 1
        && limits().stream().filter(Limit::isFixed).allMatch(limit -> limit.use(1) <= 1 - headroom);
  }
}
