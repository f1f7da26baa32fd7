package org.beaconrelay.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import org.beaconrelay.testing.TestPair;
import org.junit.jupiter.api.Test;

/// A shard's thread as a whole, Netty's event loop included, allocates nothing for a message: what
/// a wake-up costs does not depend on a collector.
final class WakeUpAllocationIT {
  private static final int MESSAGE_BYTES = 64;
  private static final int MESSAGES = 20_000;

  /// Until the JIT compiler has found out what need not be allocated: sooner or later, with what
  /// else the machine has to do.
  private static final int MAX_ROUNDS = 50;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void allocatesNothingOnAWakeUp() throws Exception {
    try (TestRelay relay = TestRelay.start(settings -> settings.eventLoops = 1);
        TestPair pair = relay.pair()) {
      long shard = shardThread();
      long allocatedBytes = Long.MAX_VALUE;
      for (int round = 0; round < MAX_ROUNDS && allocatedBytes >= MESSAGES; round++) {
        long beforeBytes = THREADS.getThreadAllocatedBytes(shard);
        send(pair, MESSAGES);
        allocatedBytes = THREADS.getThreadAllocatedBytes(shard) - beforeBytes;
      }
      // The pool of pipes is looked at every 2 s, and keeping that time allocates a little: a
      // message that did would show as 16 bytes or more.
      assertThat(allocatedBytes).as("bytes for %d messages", MESSAGES).isLessThan(MESSAGES);
    }
  }

  private static long shardThread() {
    return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
        .filter(thread -> thread != null && thread.getThreadName().equals("beacon-shard-0"))
        .mapToLong(thread -> thread.getThreadId())
        .max() // the newest: that of an earlier test may be about to end
        .orElseThrow();
  }

  /// One message at a time, so that each is a wake-up of its own.
  private static void send(TestPair pair, int messages) throws IOException {
    SocketChannel sender = pair.bridge().channel();
    SocketChannel receiver = pair.broker().channel();
    ByteBuffer message = ByteBuffer.allocateDirect(MESSAGE_BYTES);
    for (int i = 0; i < messages; i++) {
      message.clear();
      sender.write(message);
      message.clear();
      while (message.hasRemaining()) {
        if (receiver.read(message) < 0) {
          throw new IOException("the pair has ended");
        }
      }
    }
  }
}
