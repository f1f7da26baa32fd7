package org.beaconrelay.perf.load;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;
import org.beaconrelay.perf.RunFailedException;

/// A [Ramp] against the relay, or between sockets with no relay between.
final class RampRun {
  /// So many are open at a time before the first step.
  private static final int WARM_UP_LINKS = 100;

  private static final int STOP_POLL_MS = 100;

  private final String name;
  private final Ramp ramp;
  private final KernelMemory memory;
  private final OptionalLong relayPid;
  private final RelayWatch relay;
  private final BooleanSupplier stopped;
  private final long startNs = System.nanoTime();
  private final List<Integer> links = new ArrayList<>();
  private final List<Long> kernelBytes = new ArrayList<>();
  private long lookingBytes;

  /// @param name of what it is against
  /// @param relayPid the relay's process; empty if there is none that is to be seen from here
  /// @param stopped whether nothing more is to be begun
  RampRun(
      String name, Ramp ramp, KernelMemory memory, OptionalLong relayPid, BooleanSupplier stopped) {
    this.name = name;
    this.ramp = ramp;
    this.memory = memory;
    this.relayPid = relayPid;
    this.relay = new RelayWatch(relayPid);
    this.stopped = stopped;
  }

  /// Opens all, step by step, and closes them in the end.
  void climb(Opened.Opener<Closeable> opener)
      throws IOException, InterruptedException, RunFailedException {
    warmUp(opener);
    try (Opened<Opened<Closeable>> open = new Opened<>(new ArrayList<>())) {
      for (int step = 0; step <= ramp.steps(); step++) {
        open.all().add(Opened.of(ramp.linksOf(step), opener, stopped));
        settle();
        if (stopped.getAsBoolean()) {
          return;
        }
        look(ramp.linksAt(step));
      }
    }
  }

  /// What is needed once comes with the first links: compiled code, and room for garbage.
  private void warmUp(Opened.Opener<Closeable> opener) throws IOException, RunFailedException {
    for (int opened = 0; opened < ramp.links(); opened += WARM_UP_LINKS) {
      Opened.of(WARM_UP_LINKS, opener, stopped).close();
    }
  }

  private void settle() throws InterruptedException {
    long untilNs = System.nanoTime() + ramp.settle().toNanos();
    long leftMs = ramp.settle().toMillis();
    while (leftMs > 0 && !stopped.getAsBoolean()) {
      Thread.sleep(Math.min(leftMs, STOP_POLL_MS));
      leftMs = TimeUnit.NANOSECONDS.toMillis(untilNs - System.nanoTime());
    }
  }

  private void look(int linkCount) throws IOException, InterruptedException {
    long nowBytes = memory.medianBytes();
    links.add(linkCount);
    kernelBytes.add(nowBytes - lookingBytes);
    relay.look(System.nanoTime() - startNs);
    // For each descriptor that is looked at the kernel keeps an entry of /proc: no cost of a link.
    lookingBytes += memory.medianBytes() - nowBytes;
    System.err.printf("%s: %d %s%n", name, linkCount, ramp.kind().label());
  }

  /// What each one more takes of the kernel's memory, wherever its ends are.
  double kernelBytesEach() {
    return Line.fit(
            links.stream().mapToDouble(Integer::doubleValue).toArray(),
            kernelBytes.stream().mapToDouble(Long::doubleValue).toArray())
        .slope();
  }

  /// @param direct what was done before, with no relay between
  /// @param tls whether the links are, or were, inside outer TLS
  LoadResult result(RampRun direct, boolean tls) {
    ProcessSeries process = relay.series();
    long opened = links.isEmpty() ? 0 : links.getLast();
    boolean climbed = links.size() > ramp.steps();
    return new LoadResult(
        name,
        ramp.kind().unit(),
        climbed && relayPid.isPresent() == (process != null),
        opened,
        System.nanoTime() - startNs,
        new Histogram(1),
        new Histogram(1),
        Map.of(ramp.kind().label(), opened),
        process,
        climbed && process != null ? ramp(process, direct.kernelBytesEach() / 2, tls) : null);
  }

  private RampResult ramp(ProcessSeries process, double bareEndBytes, boolean tls) {
    List<RampStep> steps = new ArrayList<>();
    for (int i = 0; i < links.size(); i++) {
      int count = links.get(i);
      double generatorBytes = count * ramp.kind().ends() * bareEndBytes;
      long relayBytes = kernelBytes.get(i) - kernelBytes.getFirst() - Math.round(generatorBytes);
      steps.add(new RampStep(count, relayBytes, process.points().get(i)));
    }
    return new RampResult(ramp.kind(), tls, steps, memory, bareEndBytes);
  }
}
