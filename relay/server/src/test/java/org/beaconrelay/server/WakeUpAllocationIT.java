package org.beaconrelay.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.beaconrelay.testing.TestPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// A shard's thread as a whole, Netty's event loop included, allocates next to nothing for a
/// message, in a JVM with the options that a relay has.
@Timeout(180)
final class WakeUpAllocationIT {
  private static final int MESSAGE_BYTES = 64;
  private static final int MESSAGES = 20_000;

  /// Until the JIT compiler has found out what need not be allocated: sooner or later, with what
  /// else the machine has to do.
  private static final int MAX_ROUNDS = 20;

  /// What the JDK allocates around a native call, if the compiler does not see through it, is 32
  /// bytes a call, and two calls move a message. Netty's io_uring makes an object of 16 bytes each
  /// time its loop has something to do, which need not be once a message. With epoll a message that
  /// allocated anything would show as 16 bytes or more: the pool of pipes is looked at every 2 s,
  /// and keeping that time allocates a little.
  private static final int MAX_BYTES_A_MESSAGE =
      switch (new TestSettings().transport) {
        case EPOLL -> 1;
        case IO_URING -> 40;
      };

  @Test
  void allocatesNextToNothingOnAWakeUp() throws Exception {
    try (MeasuredRelay relay = MeasuredRelay.start();
        TestPair pair = TestPair.open(relay.address())) {
      long mostBytes = (long) MESSAGES * MAX_BYTES_A_MESSAGE;
      long allocatedBytes = Long.MAX_VALUE;
      for (int round = 0; round < MAX_ROUNDS && allocatedBytes >= mostBytes; round++) {
        long beforeBytes = relay.allocatedBytes();
        send(pair, MESSAGES);
        allocatedBytes = relay.allocatedBytes() - beforeBytes;
      }
      assertThat(allocatedBytes).as("bytes for %d messages", MESSAGES).isLessThan(mostBytes);
    }
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
