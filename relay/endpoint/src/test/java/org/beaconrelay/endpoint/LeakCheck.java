package org.beaconrelay.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.beaconrelay.testing.Patience;
import org.jspecify.annotations.Nullable;
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

  /// Virtual threads are in no list but one inside the JDK. What its dump of threads is made of,
  /// not the dump itself: to look at the stacks of virtual threads that are ending crashes a JDK
  /// 25.0.3 now and then (ThreadSnapshot).
  static List<String> endpointThreads() {
    try {
      Object root = invoke("jdk.internal.vm.ThreadContainers", "root", null);
      Stream<?> threads = (Stream<?>) invoke("jdk.internal.vm.ThreadContainer", "threads", root);
      return threads
          .map(thread -> ((Thread) thread).getName())
          .filter(name -> name.matches("beacon-(bridge|broker|exchange|deadline).*"))
          .toList();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("tests run with --add-opens java.base/jdk.internal.vm", e);
    }
  }

  private static Object invoke(String type, String method, @Nullable Object on)
      throws ReflectiveOperationException {
    Method found = Class.forName(type).getDeclaredMethod(method);
    found.setAccessible(true);
    return found.invoke(on);
  }
}
