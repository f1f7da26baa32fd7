package org.beaconrelay.endpoint;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.beaconrelay.testing.Patience;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/// After each test there is no socket that was not there before, and no thread of an endpoint.
final class LeakCheck implements BeforeEachCallback, AfterEachCallback {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private int socketsBefore;

  @Override
  public void beforeEach(ExtensionContext context) {
    closeASocketThatAThreadIsBlockedOn();
    socketsBefore = sockets();
  }

  @Override
  public void afterEach(ExtensionContext context) {
    Patience.until(PATIENCE, "no thread of an endpoint", () -> endpointThreads().isEmpty());
    Patience.until(
        PATIENCE, "sockets are back at " + socketsBefore, () -> sockets() <= socketsBefore);
  }

  /// From then on the JDK keeps a socket of its own.
  private static void closeASocketThatAThreadIsBlockedOn() {
    try (StandIn silent = StandIn.start(StandIn::readAll);
        Socket socket = silent.connect()) {
      Thread reader = Thread.ofVirtual().start(() -> StandIn.readAll(socket));
      Patience.until(PATIENCE, "blocked", () -> reader.getState() == Thread.State.WAITING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static int sockets() {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
      return (int) descriptors.filter(LeakCheck::isSocket).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isSocket(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString().startsWith("socket:");
    } catch (IOException e) {
      return false; // it was closed since the listing
    }
  }

  /// Virtual threads are in no list but a dump.
  static List<String> endpointThreads() {
    try {
      Path directory = Files.createTempDirectory("threads");
      Path dump = directory.resolve("dump");
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpThreads(dump.toString(), ThreadDumpFormat.TEXT_PLAIN);
      try (Stream<String> lines = Files.lines(dump)) {
        return lines
            .filter(line -> line.matches("#.*\"beacon-(bridge|broker|exchange|deadline).*"))
            .toList();
      } finally {
        Files.delete(dump);
        Files.delete(directory);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
