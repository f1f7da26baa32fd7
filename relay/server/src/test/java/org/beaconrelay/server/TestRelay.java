package org.beaconrelay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.Patience;
import org.beaconrelay.testing.ProcessFigures;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestPair;

/// A relay in the test's own process. Whoever closes it learns whether it has leaked anything, so
/// its endpoints must have been closed by then.
final class TestRelay implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ProcessFigures PROCESS = new ProcessFigures(ProcessHandle.current().pid());

  static {
    // The JDK's own descriptors for sockets come with the first one.
    try (ServerSocketChannel listener = ServerSocketChannel.open().bind(null);
        SocketChannel channel = SocketChannel.open(listener.getLocalAddress())) {
      channel.socket().setSoTimeout(1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private final ConcurrentLinkedQueue<LinkRecord> records = new ConcurrentLinkedQueue<>();
  private final int socketsBefore = PROCESS.openKernelObjects();
  private final Relay relay;
  private boolean stopped;

  private TestRelay(TestSettings settings) throws RelayStartException {
    this.relay = Relay.start(settings.toSettings(), records::add);
  }

  static TestRelay start() throws RelayStartException {
    return start(_ -> {});
  }

  /// @param change what is to be different
  static TestRelay start(Consumer<TestSettings> change) throws RelayStartException {
    TestSettings settings = new TestSettings();
    change.accept(settings);
    return new TestRelay(settings);
  }

  Relay relay() {
    return relay;
  }

  InetSocketAddress address() {
    return relay.addresses().getFirst();
  }

  /// A new link that says nothing yet.
  TestLink connect() throws Exception {
    return TestLink.connect(address());
  }

  /// A new link that has announced.
  TestLink announce(Role role, InfoHash infoHash, byte... earlyData) throws Exception {
    return TestLink.announce(address(), role, infoHash, earlyData);
  }

  /// A link that waits for a counterpart.
  TestLink waiting(Role role, InfoHash infoHash) throws Exception {
    TestLink link = announce(role, infoHash);
    link.awaitWaiting();
    return link;
  }

  TestPair pair() throws Exception {
    return TestPair.open(address());
  }

  TestLink waiting(Role role) throws Exception {
    return waiting(role, InfoHashes.random());
  }

  /// Waits until so many links are open.
  void awaitLinks(int count) {
    Patience.until(PATIENCE, count + " links are open", () -> relay.openLinks() == count);
  }

  /// Waits until no link is open.
  void awaitNoLinks() {
    awaitLinks(0);
  }

  /// Waits until `count` links have ended, and says why they did.
  List<CloseReason> awaitCloseReasons(int count) {
    return awaitRecords(count).stream().map(link -> Objects.requireNonNull(link.reason())).toList();
  }

  /// Waits until `count` links have ended.
  List<LinkRecord> awaitRecords(int count) {
    Patience.until(PATIENCE, count + " links have ended", () -> records.size() >= count);
    return List.copyOf(records);
  }

  /// Stops the relay, whatever is open.
  void stop() {
    stopped = true;
    relay.close();
  }

  @Override
  public void close() {
    try {
      awaitNoLinks();
      if (!stopped) {
        assertThat(relay.census(PATIENCE).faults()).as("what its books disagree about").isEmpty();
        assertThat(relay.status().waitingLinks()).as("waiting links").isZero();
        assertThat(relay.status().leasedPipes()).as("leased pipes").isZero();
        assertThat(relay.pendingLinks()).as("pending links").isZero();
      }
      long closed = Arrays.stream(CloseReason.values()).mapToLong(relay::closedCount).sum();
      assertThat(closed).as("links closed").isEqualTo(relay.count(Counter.LINKS_OPENED));
      assertThat(relay.count(Counter.PAIRS_CLOSED))
          .as("pairs closed")
          .isEqualTo(relay.count(Counter.PAIRS_OPENED));
      assertThat(relay.count(Counter.BUGS)).as("bugs").isZero();
    } catch (TimeoutException | InterruptedException e) {
      throw new AssertionError("an event loop is stuck", e);
    } finally {
      relay.close();
    }
    Patience.until(
        PATIENCE,
        "descriptors are back at " + socketsBefore,
        () -> PROCESS.openKernelObjects() <= socketsBefore);
  }
}
