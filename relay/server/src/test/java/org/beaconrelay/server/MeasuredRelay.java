package org.beaconrelay.server;

import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A relay in a JVM of its own, with the options that a relay has, that says what heap it needs,
/// and what its shards allocate.
///
/// **Owns:** the process.
final class MeasuredRelay implements AutoCloseable {
  private static final int MAX_LINKS = 10_000;
  private static final String ALLOCATED = "allocated";

  private final Process process;
  private final BufferedReader answers;
  private final InetSocketAddress address;

  private MeasuredRelay(Process process) throws IOException {
    this.process = process;
    this.answers = process.inputReader();
    this.address = new InetSocketAddress(InetAddress.getLoopbackAddress(), (int) answer());
  }

  static MeasuredRelay start() throws IOException {
    TestSettings settings = new TestSettings();
    settings.toSettings(); // nothing to measure where this host has no such transport
    return new MeasuredRelay(
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of("..", "..", "native-config", "jvm.options"),
                "--enable-native-access=ALL-UNNAMED",
                "-Dbeacon.transport=" + settings.transport,
                "-cp",
                System.getProperty("java.class.path"),
                MeasuredRelay.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /// That process: answers each line, which is what it is asked, or a number of bytes that it is to
  /// keep besides.
  static void main(String[] arguments) throws Exception {
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
    TestSettings settings = new TestSettings();
    settings.maxLinks = MAX_LINKS;
    settings.maxLinksPerAddress = MAX_LINKS;
    settings.announceRatePerAddress = MAX_LINKS;
    try (Relay relay = Relay.start(settings.toSettings(), _ -> {})) {
      System.out.println(relay.addresses().getFirst().getPort());
      byte[] kept = {};
      for (@Nullable String line = questions.readLine();
          line != null;
          line = questions.readLine()) {
        if (line.equals(ALLOCATED)) {
          System.out.println(allocatedByShardsBytes());
        } else {
          kept = new byte[Integer.parseInt(line)];
          System.out.println(UsedHeap.bytes());
        }
      }
      System.out.println(kept.length);
    }
  }

  private static long allocatedByShardsBytes() {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().startsWith("beacon-shard-"))
        .mapToLong(thread -> threads.getThreadAllocatedBytes(thread.getThreadId()))
        .sum();
  }

  InetSocketAddress address() {
    return address;
  }

  /// @param keptBytes that it is to keep from now on besides what a relay keeps
  long usedHeapBytes(int keptBytes) throws IOException {
    return ask(String.valueOf(keptBytes));
  }

  /// What the threads of its shards have allocated so far.
  long allocatedBytes() throws IOException {
    return ask(ALLOCATED);
  }

  private long ask(String question) throws IOException {
    process.outputWriter().append(question).append('\n').flush();
    return answer();
  }

  private long answer() throws IOException {
    String line = answers.readLine();
    if (line == null) {
      throw new EOFException("the relay's process has ended");
    }
    return Long.parseLong(line);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
