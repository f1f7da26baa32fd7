package org.beaconrelay.perf.plan;

import java.util.List;
import org.beaconrelay.perf.page.Block;
import org.beaconrelay.perf.page.Document.Section;
import org.beaconrelay.perf.page.Figures;

/// The model, in as many sentences as it has.
final class ModelSection {
  private ModelSection() {}

  static Section of(Plan plan) {
    return new Section(
        "How it is reckoned",
        List.of(
            new Block.Steps(
                List.of(
                    "A pairing, a message and a byte cost the CPU time of the relay's process by"
                        + " what was done meanwhile; the cores that are busy are these costs times"
                        + " the wanted rates, and what waits or is idle costs none.",
                    "A waiting link and a pair take the memory that the line through the steps of a"
                        + " ramp gives, in the process and outside of it, on top of a process"
                        + " without links and of pipes that are as full as they may be.",
                    "A link takes one descriptor and, of the heap, what a relay itself reckons"
                        + " with; and there are as many pipes for a rate as were seen at the"
                        + " measured one, each of 256 pages.",
                    "Pairs and rates are divided evenly by the replicas, waiting links are not, since a bridge waits at all of them; and %s of each limit stays free: for loops that have more than their share, since a loop is one core and a pair stays with its loop, for interrupts of the network, and for endpoints that come back all at once."
                        .formatted(Figures.percent(plan.headroom())),
                    "Needed are the fewest replicas with which cores and memory (and descriptors,"
                        + " if they are given) keep that free and the busiest loop has no more than"
                        + " its core; one more may fail.")),
            new Block.Prose(
                "Of several measurements those nearest to the load of a replica count, and of these"
                    + " the dearest. Not in the model: bytes in the buffers of sockets whose"
                    + " readers are slow (net.ipv4.tcp_mem bounds them), what the network's"
                    + " interrupts take, one pair that is busier than the others, and how long"
                    + " anything takes: latencies below are those of the measured load.")));
  }
}
