package org.beaconrelay.perf.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.SequencedSet;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.jspecify.annotations.Nullable;

/// Pairings at a set rate. Both links of a pair are opened some time before it is due, and the
/// bridge announces at once; the broker announces when it is due. Then both are reset, because
/// closed ones would use up the ports of this host.
///
/// **Owns:** its links, and a thread.
final class PairingRun extends LoadRun {
  private static final long LEAD_NS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long GIVE_UP_NS = TimeUnit.SECONDS.toNanos(10);
  private static final long POLL_NS = 20_000;

  private final InetSocketAddress relay;
  private final Selector selector;
  private final Map<String, Long> counts = new ConcurrentSkipListMap<>();
  private final SplittableRandom random = new SplittableRandom();
  private final Queue<Attempt> toAnnounce = new ArrayDeque<>();
  private final SequencedSet<Attempt> open = new LinkedHashSet<>();
  private final Thread thread = Thread.ofPlatform().name("load-pairing").unstarted(this::run);
  private long begun;

  private PairingRun(InetSocketAddress relay, Schedule schedule) throws IOException {
    super(schedule);
    this.relay = relay;
    this.selector = Selector.open();
  }

  static PairingRun start(InetSocketAddress relay, Schedule schedule) throws IOException {
    PairingRun run = new PairingRun(relay, schedule);
    run.thread.start();
    return run;
  }

  // ---- the loop

  private void run() {
    while (isGoing()) {
      long nowNs = System.nanoTime();
      while (isMoreToBegin() && schedule().dueNs(begun) - LEAD_NS - nowNs <= 0) {
        begin(begun++);
      }
      while (!toAnnounce.isEmpty() && toAnnounce.element().dueNs - nowNs <= 0) {
        toAnnounce.remove().announceDue();
      }
      giveUp(nowNs);
      if (serveLinks() == 0) {
        LockSupport.parkNanos(POLL_NS);
      }
    }
  }

  private boolean isGoing() {
    return isMoreToBegin() || !open.isEmpty();
  }

  private boolean isMoreToBegin() {
    return !isStopped() && begun < schedule().count();
  }

  private void begin(long number) {
    Attempt attempt = new Attempt(number);
    open.add(attempt);
    toAnnounce.add(attempt);
    attempt.connect();
  }

  private void giveUp(long nowNs) {
    while (!open.isEmpty() && nowNs - open.getFirst().dueNs > GIVE_UP_NS) {
      open.getFirst().end("no answer in 10 s");
    }
    if (isStopped()) {
      while (!toAnnounce.isEmpty()) {
        toAnnounce.remove().end("not begun: stopped");
      }
    }
  }

  private int serveLinks() {
    try {
      return selector.selectNow(key -> ((Link) key.attachment()).onReady());
    } catch (IOException e) {
      throw new IllegalStateException("the selector is broken", e);
    }
  }

  private void count(String what) {
    counts.merge(what, 1L, Long::sum);
  }

  // ---- a pair to be

  private final class Attempt {
    private final long number;
    private final long dueNs;
    private final InfoHash infoHash =
        new InfoHash(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
    private final Link bridge = new Link(this, Role.BRIDGE);
    private final Link broker = new Link(this, Role.BROKER);

    private Attempt(long number) {
      this.number = number;
      this.dueNs = schedule().dueNs(number);
    }

    private void connect() {
      bridge.mayAnnounce = true;
      bridge.connect();
      broker.connect();
    }

    private void announceDue() {
      if (!open.contains(this)) {
        return; // it has failed before it was due
      }
      lateness().record(System.nanoTime() - dueNs);
      broker.mayAnnounce = true;
      broker.announceIfConnected();
    }

    private void onPaired() {
      if (bridge.paired && broker.paired) {
        if (schedule().isMeasured(number)) {
          latencies().record(System.nanoTime() - dueNs);
        }
        end("paired");
      }
    }

    /// Once; later calls do nothing.
    private void end(String how) {
      if (open.remove(this)) {
        count(how);
        bridge.reset();
        broker.reset();
      }
    }
  }

  private final class Link {
    private final Attempt attempt;
    private final Role role;
    private final ByteBuffer frame = ByteBuffer.allocate(Frame.LENGTH);
    private @Nullable SocketChannel opened;
    private boolean mayAnnounce;
    private boolean announced;
    private boolean paired;

    private Link(Attempt attempt, Role role) {
      this.attempt = attempt;
      this.role = role;
    }

    private void connect() {
      try {
        SocketChannel channel = SocketChannel.open();
        opened = channel;
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.connect(relay);
        channel.register(selector, SelectionKey.OP_CONNECT, this);
      } catch (IOException e) {
        attempt.end("not connected: " + e.getMessage());
      }
    }

    private SocketChannel channel() {
      return Objects.requireNonNull(opened);
    }

    private void onReady() {
      SocketChannel channel = channel();
      try {
        if (channel.isConnectionPending()) {
          channel.finishConnect();
          channel.keyFor(selector).interestOps(SelectionKey.OP_READ);
          announceIfConnected();
        } else if (channel.isOpen()) {
          read();
        }
      } catch (IOException | IllegalArgumentException e) {
        attempt.end((announced ? "broken: " : "not connected: ") + e.getMessage());
      }
    }

    private void announceIfConnected() {
      if (!mayAnnounce || announced || !channel().isConnected()) {
        return;
      }
      announced = true;
      try {
        // A socket that is new has room for 48 bytes.
        channel().write(ByteBuffer.wrap(Announce.of(role, attempt.infoHash).toBytes()));
      } catch (IOException e) {
        attempt.end("broken: " + e.getMessage());
      }
    }

    private void read() throws IOException {
      while (!paired && channel().isOpen()) {
        int received = channel().read(frame);
        if (received < 0) {
          attempt.end("closed by the relay");
        }
        if (received <= 0) {
          return;
        }
        if (!frame.hasRemaining()) {
          onFrame(Frame.parse(frame.array()));
          frame.clear();
        }
      }
    }

    private void onFrame(Frame received) {
      switch (received) {
        case Frame.Waiting _ -> {}
        case Frame.Paired _ -> {
          paired = true;
          attempt.onPaired();
        }
        case Frame.Rejected rejected -> attempt.end("rejected: " + rejected.reason());
        case Frame.Challenge _ -> attempt.end("rejected: the relay wants a proof");
      }
    }

    private void reset() {
      try {
        if (opened != null) {
          opened.close();
        }
      } catch (IOException _) {
        // It is gone all the same.
      }
    }
  }

  // ---- from outside

  @Override
  boolean await(long timeoutNs) throws InterruptedException {
    return thread.join(Duration.ofNanos(timeoutNs));
  }

  @Override
  Map<String, Long> counts() {
    return new TreeMap<>(counts);
  }

  @Override
  public void close() {
    stop();
    try {
      thread.join();
      selector.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException _) {
      // It is gone all the same.
    }
  }
}
