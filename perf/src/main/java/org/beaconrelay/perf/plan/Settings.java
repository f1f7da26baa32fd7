package org.beaconrelay.perf.plan;

import java.util.ArrayList;
import java.util.List;
import org.beaconrelay.perf.page.Figures;
import org.beaconrelay.server.DescriptorNeeds;

/// What has to be set on a node and of a relay, for a plan to hold.
final class Settings {
  private static final double MIB = 1 << 20;

  /// fs.nr_open, unless somebody has set it.
  private static final int KERNEL_OPEN_FILES = 1_048_576;

  /// As many as `beacon doctor` wants.
  private static final int SOMAXCONN = 4096;

  /// Of the relay; the kernel takes the smaller.
  private static final int RELAY_BACKLOG = 65_535;

  /// From the first to the last port of net.ipv4.ip_local_port_range, unless somebody has set it.
  private static final int LOCAL_PORTS = 28_232;

  private static final int ALL_LOCAL_PORTS = 64_512;

  private final Plan plan;
  private final Share share;
  private final Node node;
  private final List<Setting> settings = new ArrayList<>();

  private Settings(Plan plan) {
    this.plan = plan;
    this.share = plan.planned();
    this.node = plan.node();
  }

  static List<Setting> of(Plan plan) {
    Settings settings = new Settings(plan);
    settings.addLinks();
    settings.addLoops();
    settings.addPipes();
    settings.addMemory();
    settings.addNetwork();
    return List.copyOf(settings.settings);
  }

  private void add(String name, String value, String now, String reason) {
    settings.add(new Setting(name, value, now, reason));
  }

  // ---- descriptors

  private void addLinks() {
    int wanted = share.mostLinks();
    long openFiles = DescriptorNeeds.openFilesFor(wanted, node.cores());
    boolean isEnough = node.maxLinks() >= wanted || node.openFilesFixed();
    add(
        "LimitNOFILE, ulimit -n",
        isEnough ? "as it is" : openFiles + " or more",
        node.openFiles() == Integer.MAX_VALUE ? "unlimited" : String.valueOf(node.openFiles()),
        "for %s links with head-room, and the pipes beside them".formatted(Figures.whole(wanted)));
    if (openFiles > KERNEL_OPEN_FILES && !isEnough) {
      add(
          "sysctl fs.nr_open",
          openFiles + " or more",
          KERNEL_OPEN_FILES + " by default",
          "no process may have more descriptors than that");
    }
    Limit first = LimitsSection.first(share, Limit::isFixed);
    double full = share.load().links() * first.multipleAt(1);
    int inHeap = Memory.linksIn(share.memory().heapMib(), plan.tls());
    if (share.load().links() > 0 && full < Integer.MAX_VALUE) {
      add(
          "--max-links",
          "%d or less".formatted((long) Math.min(full, inHeap)),
          "by LimitNOFILE and the heap",
          "there the replica has no %s left; one more link is told RELAY_FULL, and takes nothing from the others"
              .formatted(full <= inHeap ? first.kind().label() : "heap"));
    }
  }

  // ---- loops, pipes

  private void addLoops() {
    add(
        "--event-loops",
        String.valueOf(node.cores()),
        "number of cores",
        "a loop is one core, and takes no more than that");
  }

  private void addPipes() {
    long budgetBytes = share.pipeBudgetBytes();
    long defaultBytes = node.pipeBudgetBytes();
    boolean isEnough = budgetBytes <= defaultBytes;
    String budgetMib = Math.round(budgetBytes / MIB) + "MiB";
    add(
        "--pipe-budget",
        isEnough ? "as it is" : budgetMib,
        Math.round(defaultBytes / MIB) + "MiB, derived",
        "%s pages of pipes in use; past the budget pipes are smaller, and bytes cost more CPU"
            .formatted(Limit.Kind.PIPES.format(share.pipePages())));
    long pages = (budgetBytes / Node.PAGE_BYTES + 2) / 3 * 4;
    boolean hasPages = node.pipeUserPagesSoft() == 0 || node.pipeUserPagesSoft() >= pages;
    add(
        "sysctl fs.pipe-user-pages-soft",
        isEnough || hasPages ? "as it is" : String.valueOf(pages),
        node.pipeUserPagesSoft() == 0 ? "no limit" : node.pipeUserPagesSoft() + " pages",
        "binds a relay that is not privileged, which it need not be; it takes three quarters");
  }

  // ---- memory

  private void addMemory() {
    Memory memory = share.memory();
    add(
        "-Xmx, in native-config/jvm.options",
        memory.heapMib() == Memory.HEAP_MIB ? "as it is" : memory.heapMib() + "m",
        Memory.HEAP_MIB + "m",
        "for %s links with head-room, as the relay reckons: more than fit it does not take"
            .formatted(Figures.whole(share.mostLinks())));
    if (memory.isKnown()) {
      add(
          "MemoryMax, memory limit of a container",
          "%dM or more".formatted((long) Math.ceil(memory.mostBytes() / MIB)),
          "none",
          "the process with a full heap, full pipes, and the kernel's part with head-room");
    }
  }

  // ---- network

  private void addNetwork() {
    // Who waits, waits at the others already.
    double comeBack =
        plan.deployed() == 1
            ? plan.wanted().links()
            : 2 * plan.wanted().pairs() / plan.deployed() / plan.bearing();
    int needed = (int) Math.min(RELAY_BACKLOG, Math.max(SOMAXCONN, comeBack));
    int rounded = Math.min(RELAY_BACKLOG, 1024 * Math.ceilDiv(needed, 1024));
    add(
        "sysctl net.core.somaxconn",
        rounded + " or more",
        "4096 by default",
        "when a replica fails, %s links come to each of the others at once; who finds the queue full tries again a second later"
            .formatted(Figures.whole(comeBack)));
    double links = share.load().links();
    add(
        "sysctl net.ipv4.ip_local_port_range",
        ports(links),
        "32768 60999 by default",
        "a relay dials nobody; whoever does so for others has a port for each of %s links"
            .formatted(Figures.whole(links)));
    add(
        "sysctl net.netfilter.nf_conntrack_max",
        "where connections are tracked: above " + Figures.whole(links / (1 - plan.headroom())),
        "by memory",
        "a connection that finds no room in the table is dropped");
  }

  private static String ports(double links) {
    if (links <= LOCAL_PORTS) {
      return "as it is";
    }
    return links <= ALL_LOCAL_PORTS
        ? "1024 65535 at a load balancer or NAT that dials from one address"
        : "1024 65535 and %d addresses at a load balancer or NAT"
            .formatted((long) Math.ceil(links / ALL_LOCAL_PORTS));
  }
}
