package org.beaconrelay.app;

import static org.assertj.core.api.Assumptions.assumeThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Hosts with a router between them, each a network namespace, so that a test can cut the network:
/// packets vanish, and nobody is told. Needs root; a test that cannot have it is skipped.
///
/// **Owns:** the namespaces.
final class Networks implements AutoCloseable {
  private final Path folder;
  private final String prefix = "beacon-it-" + ProcessHandle.current().pid() + "-";
  private final List<String> made = new ArrayList<>();

  private Networks(Path folder) {
    this.folder = folder;
  }

  /// Makes a router and hosts.
  ///
  /// @param folder where commands run
  static Networks make(Path folder, String... hosts) throws Exception {
    assumeThat(Programs.run(folder, Programs.find("id"), "-u").strip())
        .as("the user, who has to be root to make network namespaces")
        .isEqualTo("0");
    Networks networks = new Networks(folder);
    try {
      networks.add("router");
      networks.inside("router", "sysctl", "-qw", "net.ipv4.ip_forward=1");
      // So that what comes from where no route leads vanishes too.
      networks.inside("router", "sysctl", "-qw", "net.ipv4.conf.all.rp_filter=1");
      for (String host : hosts) {
        networks.addHost(host);
      }
    } catch (Exception | AssertionError e) {
      networks.close();
      throw e;
    }
    return networks;
  }

  private void add(String name) throws Exception {
    ip("netns", "add", prefix + name);
    made.add(name);
    ip("-n", prefix + name, "link", "set", "lo", "up");
  }

  private void addHost(String name) throws Exception {
    add(name);
    int number = made.size() - 1;
    String device = "v" + name;
    ip(
        "link",
        "add",
        device,
        "netns",
        prefix + "router",
        "type",
        "veth",
        "peer",
        "name",
        "eth0",
        "netns",
        prefix + name);
    ip("-n", prefix + "router", "address", "add", gateway(number) + "/30", "dev", device);
    ip("-n", prefix + "router", "link", "set", device, "up");
    ip("-n", prefix + name, "address", "add", addressOf(name) + "/30", "dev", "eth0");
    ip("-n", prefix + name, "link", "set", "eth0", "up");
    ip("-n", prefix + name, "route", "add", "default", "via", gateway(number));
  }

  private static String gateway(int number) {
    return "10.98.%d.1".formatted(number);
  }

  /// Where a host is.
  String addressOf(String host) {
    return "10.98.%d.2".formatted(made.indexOf(host));
  }

  /// What makes a command run at a host, put before it.
  List<String> at(String host) {
    return List.of(Programs.find("ip"), "netns", "exec", prefix + host);
  }

  /// Runs a command at a host.
  ///
  /// @return what it said
  String inside(String host, String... command) throws Exception {
    List<String> whole = new ArrayList<>(at(host));
    whole.addAll(List.of(command));
    return Programs.run(folder, whole.toArray(String[]::new));
  }

  /// From now on nothing reaches a host, and nothing that it sends gets anywhere.
  void cut(String host) throws Exception {
    ip("-n", prefix + "router", "route", "add", "blackhole", addressOf(host) + "/32");
  }

  /// As before.
  void mend(String host) throws Exception {
    ip("-n", prefix + "router", "route", "delete", "blackhole", addressOf(host) + "/32");
  }

  private void ip(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(Programs.find("ip")));
    command.addAll(List.of(arguments));
    Programs.run(folder, command.toArray(String[]::new));
  }

  @Override
  public void close() throws Exception {
    for (String name : made.reversed()) {
      ip("netns", "delete", prefix + name);
    }
  }
}
