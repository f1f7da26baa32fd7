package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.beaconrelay.app.LimitFindings.LoadBalancer;
import org.beaconrelay.server.HostLimits;
import org.beaconrelay.server.Keepalive;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DiagnosisTest {
  private static final HostLimits GOOD = new HostLimits(1 << 20, 1 << 20, 0, false, 8L << 30);

  private static HostFacts facts(HostLimits limits) {
    return facts(limits, "amd64", null, null, 4096, 0);
  }

  private static HostFacts facts(
      HostLimits limits,
      String architecture,
      @Nullable String epollFault,
      @Nullable String spliceFault,
      @Nullable Integer somaxconn,
      @Nullable Integer ioUringDisabled) {
    String ioUringFault = Objects.equals(ioUringDisabled, 2) ? "forbidden" : null;
    return new HostFacts(
        new Host(limits, 192L << 20, 2, true, () -> ioUringFault),
        "6.12.0",
        architecture,
        epollFault,
        spliceFault,
        somaxconn,
        ioUringDisabled,
        false);
  }

  private static Finding find(HostFacts facts, String what) {
    return Diagnosis.of(facts).stream().filter(f -> f.what().equals(what)).findAny().orElseThrow();
  }

  @Test
  void findsNothingWrongWithAHostThatHasTheProfiles() throws IOException {
    Properties sysctl = profile("sysctl.conf");
    HostLimits limits =
        new HostLimits(
            Integer.parseInt(profile("limits.conf").getProperty("LimitNOFILE")),
            Integer.parseInt(sysctl.getProperty("fs.pipe-max-size")),
            Long.parseLong(sysctl.getProperty("fs.pipe-user-pages-soft")),
            false,
            8L << 30);
    int somaxconn = Integer.parseInt(sysctl.getProperty("net.core.somaxconn"));
    assertThat(Diagnosis.of(facts(limits, "amd64", null, null, somaxconn, 0)))
        .allMatch(finding -> finding.status() == Finding.Status.OK);
    assertThat(sysctl).as("nothing that the doctor knows nothing of").hasSize(3);
  }

  private static Properties profile(String name) throws IOException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(Path.of("../../native-config", name))) {
      properties.load(reader);
    }
    return properties;
  }

  @Test
  void findsNothingWrongWithAGoodHost() {
    assertThat(Diagnosis.of(facts(GOOD)))
        .allMatch(finding -> finding.status() == Finding.Status.OK)
        .extracting(Finding::what)
        .containsExactly(
            "kernel",
            "epoll",
            "splice",
            "io_uring",
            "kTLS",
            "descriptors",
            "fs.pipe-max-size",
            "fs.pipe-user-pages-soft",
            "net.core.somaxconn",
            "keepalive, AWS NLB",
            "keepalive, Azure LB",
            "keepalive, OCI NLB",
            "memory");
  }

  @Test
  void saysHowManyLinksTheHeapHasRoomFor() {
    assertThat(find(facts(GOOD), "memory").advice())
        .isEqualTo(
            "of it at most 192MiB for the JVM's heap: 188416 links, or 31402 inside outer TLS");
  }

  @Test
  void promisesNoMoreLinksThanTheHeapHasRoomFor() {
    assertThat(find(facts(GOOD), "descriptors"))
        .isEqualTo(
            Finding.ok(
                "descriptors",
                "1048576",
                "31402 links, which is all that the heap has room for; 32768 pipes"));
    assertThat(
            find(facts(new HostLimits(40_000, 1 << 20, 0, false, 8L << 30)), "descriptors")
                .status())
        .as("more descriptors would be of no use")
        .isEqualTo(Finding.Status.OK);
  }

  @Test
  void failsWhereARelayCannotRun() {
    HostLimits limits = new HostLimits(256, 1 << 20, 0, false, 8L << 30);
    HostFacts facts = facts(limits, "riscv64", "no library", "EPERM", null, null);

    assertThat(Diagnosis.of(facts))
        .filteredOn(finding -> finding.status() == Finding.Status.FAIL)
        .extracting(Finding::what, Finding::value)
        .containsExactly(
            tuple("kernel", "6.12.0 riscv64"),
            tuple("epoll", "unavailable"),
            tuple("splice", "EPERM"),
            tuple("descriptors", "256"));
    assertThat(find(facts, "descriptors").advice()).contains("ulimit -n");
    assertThat(find(facts, "splice").advice()).contains("--data-path copy");
  }

  @Test
  void saysWhatToSet() {
    HostFacts facts =
        facts(new HostLimits(1024, 1 << 16, 16_384, false, 8L << 30), "amd64", null, null, 128, 2);

    assertThat(find(facts, "descriptors"))
        .isEqualTo(
            Finding.warn(
                "descriptors",
                "1024",
                "564 links, 32 pipes; more, up to the 31402 that the heap has room for:"
                    + " LimitNOFILE=1048576"));
    assertThat(find(facts, "fs.pipe-max-size"))
        .isEqualTo(Finding.warn("fs.pipe-max-size", "64KiB", "sysctl fs.pipe-max-size=1048576"));
    assertThat(find(facts, "fs.pipe-user-pages-soft"))
        .isEqualTo(
            Finding.warn(
                "fs.pipe-user-pages-soft",
                "16384 pages",
                "48MiB for pipes; for 256MiB: sysctl fs.pipe-user-pages-soft=87384"));
    assertThat(find(facts, "net.core.somaxconn"))
        .isEqualTo(Finding.warn("net.core.somaxconn", "128", "sysctl net.core.somaxconn=4096"));
    assertThat(find(facts, "io_uring"))
        .isEqualTo(
            Finding.ok(
                "io_uring",
                "unavailable",
                "epoll is used instead: forbidden (sysctl kernel.io_uring_disabled=2)"));
  }

  @Test
  void pagesItNamesAreEnough() {
    HostLimits limits = new HostLimits(1 << 20, 1 << 20, 87_384, false, 8L << 30);
    assertThat(find(facts(limits), "fs.pipe-user-pages-soft").status())
        .isEqualTo(Finding.Status.OK);
  }

  @Test
  void knowsThatPipeLimitsDoNotBindThePrivileged() {
    HostFacts facts = facts(new HostLimits(1 << 20, 1 << 16, 16, true, 8L << 30));
    assertThat(Diagnosis.of(facts)).allMatch(finding -> finding.status() == Finding.Status.OK);
  }

  @Test
  void comparesKeepaliveWithLoadBalancers() {
    Keepalive slow = new Keepalive(Duration.ofMinutes(5), Duration.ofSeconds(10), 3);
    assertThat(LimitFindings.keepalive(slow, LoadBalancer.AWS).status())
        .isEqualTo(Finding.Status.OK);
    assertThat(LimitFindings.keepalive(slow, LoadBalancer.OCI))
        .isEqualTo(
            Finding.warn(
                "keepalive, OCI NLB", "5m", "its idle time is 300s: set --keepalive below"));
  }

  @Test
  void printsAlignedLines() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    DoctorCommand.print(
        List.of(
            Finding.ok("kernel", "6.12.0 amd64", ""),
            Finding.warn("descriptors", "1024", "set more"),
            Finding.fail("splice", "EPERM", "allow it")),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        false);

    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .containsExactly(
            "ok    kernel       6.12.0 amd64",
            "warn  descriptors  1024          set more",
            "FAIL  splice       EPERM         allow it");
  }
}
