package org.beaconrelay.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.rendezvous.WaitingLink;
import org.beaconrelay.testing.TestLink;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// TRUST-MODEL.md, rules 1, 2 and 5, at the packaged relay with default settings: what it knew of
/// links is written nowhere, and is forgotten.
@Timeout(180)
final class NoTraceIT {
  private static final int ROUNDS = 10;

  /// What the relay keeps for a link, or reads of it.
  private static final String OF_LINKS =
      "org\\.beaconrelay\\.(server\\.(Link|Opening|Pair|LinkRecord|Challenge)"
          + "|server\\.rendezvous\\.(WaitingLink)"
          + "|server\\.splice\\.(Splice|SpliceEnd|Flow|Pump)"
          + "|server\\.transport\\.(AnnounceReader|ProofReader|OuterTls|TlsTunnel)"
          + "|protocol\\.(Announce|InfoHash|Proof|AnnounceCheck\\$Complete))";

  @TempDir private Path folder;
  private Path home;

  @BeforeEach
  void makeHome() throws IOException {
    home = Files.createDirectory(folder.resolve("home"));
  }

  /// Becomes the relay in a folder of its own, which is also its home and where it may put what is
  /// temporary.
  private List<String> atHome() {
    return List.of(Programs.find("env"), "--chdir=" + home, "HOME=" + home, "TMPDIR=" + home);
  }

  /// The same with other options of the JVM behind those that a relay has.
  private List<String> atHomeWith(String... options) {
    List<String> launcher = new ArrayList<>(atHome());
    launcher.addAll(
        List.of(
            Programs.find("sh"),
            "-c",
            "java=$1 options=$2; shift 2; exec \"$java\" \"$options\" "
                + String.join(" ", options)
                + " \"$@\"",
            "sh"));
    return launcher;
  }

  private BeaconProcess start(List<String> launcher, boolean tls) throws IOException {
    return BeaconProcess.start(
        launcher,
        folder,
        List.of("relay", "--listen", "127.0.0.1:0", "--tls", tls ? "self-signed" : "off"));
  }

  private static Traffic traffic(BeaconProcess relay, boolean tls) throws IOException {
    String port = relay.awaitReady().replaceFirst("ready listen=127\\.0\\.0\\.1:(\\d+) .*", "$1");
    InetAddress loopback = InetAddress.getLoopbackAddress();
    return new Traffic(new InetSocketAddress(loopback, Integer.parseInt(port)), tls);
  }

  /// Of the relay itself, which strace may have started.
  private static String pid(BeaconProcess relay) {
    long pid = relay.figures().pid();
    return ProcessHandle.of(pid)
        .flatMap(process -> process.children().findFirst())
        .map(child -> String.valueOf(child.pid()))
        .orElse(String.valueOf(pid));
  }

  private void signal(BeaconProcess relay, String name) throws Exception {
    Programs.run(folder, "kill", "-" + name, pid(relay));
  }

  private static void assertNoTrace(Traffic traffic, String where, String text) {
    assertThat(traffic.foundIn(text.getBytes(UTF_8))).as(where + ":\n" + text).isEmpty();
  }

  private static String jdkTool(String name, Path folder, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", name).toString());
    command.addAll(List.of(arguments));
    return Programs.run(folder, command.toArray(String[]::new));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void saysNothingOfLinksAndWritesNoFile(boolean tls) throws Exception {
    Path calls = folder.resolve("calls");
    List<String> launcher = new ArrayList<>(atHome());
    launcher.addAll(
        List.of(
            Programs.find("strace"),
            "-f",
            "--seccomp-bpf",
            "-qq",
            "-e",
            "signal=none",
            "-e",
            "trace=?open,openat,?openat2,?creat,?mkdir,mkdirat,?rename,?renameat,?renameat2,?link,"
                + "linkat,?symlink,symlinkat,?mknod,mknodat,?memfd_create",
            "-o",
            calls.toString()));
    Outcome outcome;
    Traffic traffic;
    try (BeaconProcess relay = start(launcher, tls)) {
      traffic = traffic(relay, tls);
      traffic.run(ROUNDS);
      try (TestLink _ = traffic.announce(Role.BRIDGE, traffic.infoHash())) {
        signal(relay, "QUIT"); // a dump of all threads, on standard output
        signal(relay, "TERM");
        outcome = relay.awaitEnd();
      }
    }
    assertThat(outcome.out()).contains("Full thread dump", "\nstop pairs-ended=");
    assertNoTrace(traffic, "standard output", outcome.out());
    assertNoTrace(traffic, "standard error", outcome.err());
    assertThat(outcome.err()).isEmpty();
    assertThat(traffic.knownCount()).isGreaterThan(10 * ROUNDS);
    try (Stream<Path> left = Files.list(home)) {
      assertThat(left).as("files").isEmpty();
    }
    assertThat(filesMade(calls)).isEmpty();
  }

  /// Files that were made, or opened so that they could be written to.
  private static List<String> filesMade(Path calls) throws IOException {
    List<String> made = new ArrayList<>();
    for (String call : Files.readAllLines(calls)) {
      boolean makes = call.matches(".*(O_WRONLY|O_RDWR|O_CREAT).*|\\d++ ++(?!open).*\\(.*");
      // The last: a thread that the end of the process met before its call had a name.
      boolean isNothing =
          call.matches(
              ".* = -1 E.*|.*resumed>.*|.*\"/(dev/null|proc/self/.*)\".*|\\d+ \\?{3}\\( <detached"
                  + " .*");
      if (makes && !isNothing) {
        made.add(call);
      }
    }
    return made;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void forgetsLinksOnceTheyAreClosed(boolean tls) throws Exception {
    try (BeaconProcess relay = start(atHomeWith("-XX:-DisableAttachMechanism"), tls)) {
      Traffic traffic = traffic(relay, tls);
      int before = relay.figures().openKernelObjects();
      traffic.run(ROUNDS);
      if (!tls) {
        try (TestLink waiting = traffic.announce(Role.BRIDGE, traffic.infoHash())) {
          waiting.awaitWaiting();
          assertThat(classesOfLinks(relay)).contains(WaitingLink.class.getName());
        }
      }
      relay.awaitDescriptors(before + TOLERATED_PIPES);
      assertThat(classesOfLinks(relay)).isEmpty();
      assertThat(threadNames(relay)).isNotEmpty();
      assertNoTrace(traffic, "threads", String.join("\n", threadNames(relay)));
    }
  }

  /// Pipes stay in the pool, empty: two descriptors each.
  private static final int TOLERATED_PIPES = 64;

  /// Classes of which objects are left.
  private Set<String> classesOfLinks(BeaconProcess relay) throws Exception {
    String histogram = jdkTool("jcmd", folder, pid(relay), "GC.class_histogram");
    assertThat(histogram).contains("java.lang.String");
    return histogram
        .lines()
        .map(line -> line.strip().split(" +", -1))
        .filter(columns -> columns.length >= 4 && columns[3].matches(OF_LINKS))
        .map(columns -> columns[3])
        .collect(Collectors.toSet());
  }

  private static List<String> threadNames(BeaconProcess relay) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> threads = Files.list(Path.of("/proc", pid(relay), "task"))) {
      for (Path thread : threads.toList()) {
        names.add(Files.readString(thread.resolve("comm")).strip());
      }
    }
    return names;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void isNotToldByAFlightRecording(boolean tls) throws Exception {
    Path recording = folder.resolve("relay.jfr");
    List<String> launcher =
        atHomeWith("-XX:-DisableAttachMechanism", "-XX:StartFlightRecording=settings=default");
    try (BeaconProcess relay = start(launcher, tls)) {
      Traffic traffic = traffic(relay, tls);
      traffic.run(ROUNDS);
      jdkTool("jcmd", folder, pid(relay), "JFR.dump", "filename=" + recording);
      assertThat(traffic.foundIn(Files.readAllBytes(recording))).isEmpty();
      String printed = jdkTool("jfr", folder, "print", recording.toString());
      assertThat(printed).contains("jdk.ActiveRecording");
      assertNoTrace(traffic, "the recording", printed);
    }
  }

  /// What a JVM writes down as it crashes has registers and the objects that they point to.
  @Test
  void leavesNothingWhereItCrashes() throws Exception {
    try (BeaconProcess relay = start(atHome(), false)) {
      Traffic traffic = traffic(relay, false);
      traffic.run(1);
      try (TestLink waiting = traffic.announce(Role.BRIDGE, traffic.infoHash())) {
        waiting.awaitWaiting();
        signal(relay, "SEGV");
        Outcome outcome = relay.awaitEnd();
        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.out().lines()).last().asString().startsWith("ready ");
        assertThat(outcome.err()).isEmpty();
      }
      try (Stream<Path> left = Files.list(home)) {
        assertThat(left).as("files").isEmpty();
      }
    }
  }

  @Test
  void findsWhatItLooksFor() throws Exception {
    try (BeaconProcess relay =
        BeaconProcess.start(
            List.of(),
            folder,
            List.of(
                "relay",
                "--listen",
                "127.0.0.1:0",
                "--tls",
                "off",
                "--connection-log",
                "stdout"))) {
      Traffic traffic = traffic(relay, false);
      traffic.run(1);
      relay.terminate();
      assertThat(traffic.foundIn(relay.awaitEnd().out().getBytes(UTF_8))).isPresent();
    }
  }
}
