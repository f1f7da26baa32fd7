package org.beaconrelay.app;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.beaconrelay.endpoint.EndpointObserver;
import org.jspecify.annotations.Nullable;

/// A process that is a bridge or a broker: starts it, drains it on SIGTERM or SIGINT, and says so
/// on standard output as [RelayProcess] does: start, config, ready, drain, stop. What does not work
/// is told on standard error.
final class EndpointProcess implements EndpointObserver {
  /// A bridge or a broker that was started.
  ///
  /// @param readyLine what is said once it can be used
  record Running(Supplier<KeyValueLine> readyLine, IntSupplier openConnections, Drain drain) {}

  /// Lets connections end.
  interface Drain {
    void run(Duration atMost) throws InterruptedException;
  }

  /// Starts a bridge or a broker; the message of an exception says what it lacks.
  interface Starter {
    Running start(EndpointObserver observer) throws IOException;
  }

  private final String role;
  private final Duration drainTimeout;
  private final Terminal terminal;
  private final RepeatedProblems problems;
  private @Nullable Running running;
  private boolean usable;

  EndpointProcess(String role, Duration drainTimeout, Terminal terminal) {
    this.role = role;
    this.drainTimeout = drainTimeout;
    this.terminal = terminal;
    this.problems = new RepeatedProblems(terminal::complain, System::nanoTime);
  }

  /// Starts it and stays.
  ///
  /// @param configLine what is in effect
  /// @return an [ExitCode] if it could not start; else the process ends in here
  int run(String configLine, Starter starter) {
    BuildInfo build = BuildInfo.read();
    say(
        new KeyValueLine("start")
            .add("role", role)
            .add("version", build.version())
            .add("commit", build.commit())
            .add("jdk", Runtime.version()));
    terminal.out().println(configLine);
    try {
      start(starter);
    } catch (IOException e) {
      terminal.complain(String.valueOf(e.getMessage()));
      return ExitCode.UNAVAILABLE;
    }
    while (true) {
      LockSupport.park();
    }
  }

  /// Locked against [#onReady] and [#stop]: who is told that it is ready may send a signal at once.
  private synchronized void start(Starter starter) throws IOException {
    Running started = starter.start(this);
    running = started;
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started), "beacon-stop"));
    sayReady();
  }

  @Override
  public synchronized void onReady() {
    usable = true;
    sayReady();
  }

  private void sayReady() {
    if (usable && running != null) {
      say(running.readyLine().get());
    }
  }

  @Override
  public void onProblem(String problem) {
    problems.tell(problem);
  }

  /// Ends the process itself: left alone, a JVM that gets SIGTERM exits with 143, and supervisors
  /// take that for a failure.
  private synchronized void stop(Running started) {
    int exitCode = ExitCode.FAILURE;
    try {
      running = null; // what gets ready now comes too late
      say(
          new KeyValueLine("drain")
              .add("connections", started.openConnections().getAsInt())
              .add("timeout", Durations.format(drainTimeout)));
      long startNs = System.nanoTime();
      started.drain().run(drainTimeout);
      problems.tellRest();
      say(
          new KeyValueLine("stop")
              .add("took", Duration.ofNanos(System.nanoTime() - startNs).toMillis() + "ms"));
      exitCode = ExitCode.OK;
    } catch (InterruptedException e) {
      terminal.complain("interrupted while draining");
    } finally {
      terminal.err().flush();
      Runtime.getRuntime().halt(exitCode);
    }
  }

  private void say(KeyValueLine line) {
    terminal.out().println(line);
    terminal.out().flush();
  }
}
