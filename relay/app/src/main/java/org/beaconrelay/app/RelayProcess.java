package org.beaconrelay.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.beaconrelay.app.admin.AdminPort;
import org.beaconrelay.app.admin.LogFacts;
import org.beaconrelay.app.admin.RelayAdmin;
import org.beaconrelay.app.admin.RelayFacts;
import org.beaconrelay.app.log.ConnectionLog;
import org.beaconrelay.server.Addresses;
import org.beaconrelay.server.DataPath;
import org.beaconrelay.server.Relay;
import org.beaconrelay.server.RelaySettings;
import org.beaconrelay.server.RelayStartException;
import org.beaconrelay.server.SelfTest;
import org.beaconrelay.server.metrics.Counter;
import org.jspecify.annotations.Nullable;

/// A process that is a relay: starts it, drains it on SIGTERM or SIGINT, and says so on standard
/// output. These lines are all that is ever written there: start, config, ready, drain, stop; and
/// the connection log, if its operator has it there.
final class RelayProcess {
  /// How long the end may be held up where nobody reads what is said last, or a disk is slow.
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);

  private final RelayConfig config;
  private final RelaySettings settings;
  private final Terminal terminal;
  private final @Nullable ConnectionLog log;
  private @Nullable RelayAdmin admin;

  RelayProcess(RelayConfig config, Terminal terminal) {
    this.config = config;
    this.settings = config.settings();
    this.terminal = terminal;
    this.log = ConnectionLog.of(config.log(), new LogWarnings(terminal));
  }

  /// Starts the relay and stays.
  ///
  /// @return an [ExitCode] if it could not start; else the process ends in here
  int run() {
    say(startLine());
    terminal.out().println(config.describe());
    if (!isDataPathUsable()) {
      return ExitCode.UNAVAILABLE;
    }
    AdminPort adminPort = null;
    if (config.admin().isPresent()) {
      adminPort = openAdminPort(config.admin().get());
      if (adminPort == null) {
        return ExitCode.UNAVAILABLE;
      }
    }
    // Before anybody is accepted, too: no event loop waits for it.
    String sha256 = config.tls().sha256();
    Relay relay;
    try {
      relay = Relay.start(settings, log);
    } catch (RelayStartException e) {
      terminal.complain(String.valueOf(e.getMessage()));
      return ExitCode.UNAVAILABLE;
    }
    becomeReady(relay, sha256, adminPort);
    // Behind `ready`, which it need not delay.
    HostWarnings.of(config, HostFacts.readSomaxconn()).forEach(terminal::warn);
    while (true) {
      LockSupport.park();
    }
  }

  private KeyValueLine startLine() {
    BuildInfo build = BuildInfo.read();
    return new KeyValueLine("start")
        .add("version", build.version())
        .add("commit", build.commit())
        .add("jdk", Runtime.version())
        .add("transport", settings.engine().transport().label())
        .add("transport-reason", config.transportReason())
        .add("data-path", settings.engine().dataPath().name().toLowerCase(Locale.ROOT))
        .add("event-loops", settings.engine().eventLoops())
        .add("max-links", settings.limits().maxLinks());
  }

  private boolean isDataPathUsable() {
    if (settings.engine().dataPath() == DataPath.COPY) {
      terminal.warn("data-path copy: every relayed byte passes through the memory of this process");
      return true;
    }
    String fault = SelfTest.fault();
    if (fault != null) {
      terminal.complain(
          fault
              + "; allow splice(2) to this process (seccomp profile, sandbox), or let every byte"
              + " pass through its memory with --data-path copy");
    }
    return fault == null;
  }

  /// Before anybody is accepted: who cannot have it does not start.
  private @Nullable AdminPort openAdminPort(InetSocketAddress address) {
    try {
      return AdminPort.open(address);
    } catch (IOException e) {
      terminal.complain(
          "cannot have the admin port at %s: %s (another relay? choose another port with --admin, or"
                  .formatted(Addresses.format(address), IoProblems.text(e))
              + " --admin off)");
      return null;
    }
  }

  /// Locked against [#stop], so that `ready` comes before `drain` even if the signal comes in
  /// between.
  private synchronized void becomeReady(
      Relay relay, @Nullable String sha256, @Nullable AdminPort adminPort) {
    RefusalSummary refusals = new RefusalSummary(relay::count, terminal::warn, System::nanoTime);
    refusals.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(relay, refusals), "beacon-stop"));
    KeyValueLine ready =
        new KeyValueLine("ready")
            .add("listen", RelayConfig.join(relay.addresses()))
            .add("tls", config.tls().label());
    if (sha256 != null) {
      ready.add("sha256", sha256);
    }
    if (adminPort != null) {
      ready.add("admin", Addresses.format(adminPort.address()));
    }
    say(ready);
    if (adminPort != null) {
      admin = new RelayAdmin(relay, facts());
      admin.start(adminPort);
    }
    if (log != null) {
      log.start();
    }
    if (config.tls() instanceof RelayTls.FromFiles(RelayIdentity own, CertificateFiles files)) {
      new CertificateWatch(own, files, terminal).start();
    }
    if (config.hashes() != null) {
      config.hashes().watch(terminal).start();
    }
  }

  private RelayFacts facts() {
    BuildInfo build = BuildInfo.read();
    return new RelayFacts(
        build.version(),
        build.commit(),
        BuildHash::text,
        settings,
        config.host().limits().openFiles(),
        config.tls().label(),
        config.tls()::sha256,
        new LogFacts(
            config.log(),
            LogDestinations.label(config.log().destination()),
            Durations.format(config.log().retention().atMost()),
            log));
  }

  /// Ends the process itself: left alone, a JVM that gets SIGTERM exits with 143, and supervisors
  /// take that for a failure.
  private synchronized void stop(Relay relay, RefusalSummary refusals) {
    int exitCode = ExitCode.FAILURE;
    try {
      drain(relay);
      refusals.tellRest();
      exitCode = ExitCode.OK;
    } catch (InterruptedException e) {
      terminal.complain("interrupted while draining");
    } finally {
      Runtime.getRuntime().halt(exitCode);
    }
  }

  private void drain(Relay relay) throws InterruptedException {
    if (admin != null) {
      admin.drain(); // before it is said: who reads it may ask
    }
    sayAtLast(
        new KeyValueLine("drain").add("timeout", Durations.format(settings.timeouts().drain())));
    long startNs = System.nanoTime();
    long pairsBefore = relay.count(Counter.PAIRS_CLOSED);
    relay.drain();
    long pairsDrained = relay.count(Counter.PAIRS_CLOSED);
    relay.close();
    long pairsAfter = relay.count(Counter.PAIRS_CLOSED);
    if (log != null) {
      log.stop(LAST_WORDS);
    }
    sayAtLast(
        new KeyValueLine("stop")
            .add("pairs-ended", pairsDrained - pairsBefore)
            .add("pairs-reset", pairsAfter - pairsDrained)
            .add("took", Duration.ofNanos(System.nanoTime() - startNs).toMillis() + "ms"));
  }

  private void say(KeyValueLine line) {
    terminal.out().println(line);
    terminal.out().flush();
  }

  /// A pipe that is full of the connection log, and that nobody reads any more, must not keep the
  /// relay from draining and ending.
  private void sayAtLast(KeyValueLine line) throws InterruptedException {
    Thread.ofPlatform().daemon().start(() -> say(line)).join(LAST_WORDS);
  }
}
