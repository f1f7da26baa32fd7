package org.beaconrelay.perf.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All numbers here are reckoned by hand.
final class SettingsTest {
  @TempDir private Path folder;

  private Map<String, String> settings(Wanted wanted) {
    Node node =
        new Node(2, 8L << 30, 20_000, false, 16_384, new Node.Origins("test", "test", "test"));
    Evidence evidence = new TestResults(folder).all().evidence();
    Plan plan = new Plan(wanted, true, 0.3, OptionalInt.empty(), node, evidence);
    return Settings.of(plan).stream().collect(Collectors.toMap(Setting::name, Setting::value));
  }

  @Test
  void saysWhatToSet() {
    // Two replicas are left of three: 5,000 pairs each, and at each 20,000 waiting links.
    assertThat(settings(new Wanted(10_000, 20_000, 1_000, 20, 50_000, 64)))
        // 30,000 / 0.7 links, a sixteenth of all for pipes, 396 for others
        .containsEntry("LimitNOFILE, ulimit -n", "47104 or more")
        // The cores are full at 2 / 0.95 times the load; the heap has room for (272 - 8) MiB / 6
        // KiB.
        .containsEntry("--max-links", "45056 or less")
        .containsEntry("--event-loops", "2")
        .containsEntry("--pipe-budget", "as it is")
        .containsEntry("sysctl fs.pipe-user-pages-soft", "as it is")
        // 8 MiB, and 6 KiB for each of 42,858 links in outer TLS: 259 MiB
        .containsEntry("-Xmx, in native-config/jvm.options", "272m")
        // 80 + 48 + 272 MiB, and 90 MB / 0.7 of the kernel's
        .containsEntry("MemoryMax, memory limit of a container", "523M or more")
        // 20,000 links of pairs / 3 replicas / 2 that are left are 3,334
        .containsEntry("sysctl net.core.somaxconn", "4096 or more")
        .containsEntry(
            "sysctl net.ipv4.ip_local_port_range",
            "1024 65535 at a load balancer or NAT that dials from one address")
        .doesNotContainKey("sysctl fs.nr_open");
  }

  @Test
  void raisesWhatIsTooLittle() {
    // 40 Gbit/s take 2 cores: 2 replicas of 1 core, 40 pipes each, and 40 / 0.7 with head-room.
    Map<String, String> settings = settings(new Wanted(700_000, 30_000, 0, 40, 0, 64));
    assertThat(settings)
        .containsEntry("--pipe-budget", "58MiB")
        .containsEntry("sysctl fs.pipe-user-pages-soft", "19800")
        .containsEntry("sysctl net.core.somaxconn", "65535 or more")
        .containsKey("sysctl fs.nr_open");
    assertThat(settings.get("sysctl net.ipv4.ip_local_port_range")).contains("12 addresses");
    assertThat(settings.get("-Xmx, in native-config/jvm.options")).endsWith("m");
  }

  @Test
  void knowsTheHeapOfTheRelay() throws IOException {
    assertThat(Files.readAllLines(Path.of("..", "native-config", "jvm.options")))
        .contains("-Xmx%dm".formatted(Memory.HEAP_MIB));
  }
}
