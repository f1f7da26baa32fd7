package org.beaconrelay.app;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.TestLink;

/// One pair that carries a stream to its end.
///
/// @param bytes length of the stream
/// @param early whether its first bytes are sent with the announce
/// @param sender whose stream it is
record Transfer(int bytes, Reading reading, Ending ending, boolean early, Role sender) {
  /// How fast the stream is read.
  enum Reading {
    FAST,
    A_SECOND_LATE,
    BY_KIBIBYTES
  }

  /// How the stream ends.
  enum Ending {
    /// The sender's FIN; then the other direction carries a stream, and ends the same way.
    FIN_THEN_FIN,
    /// Both send at the same time, and then their FIN.
    FIN_BOTH,
    /// The sender's reset, right behind the last byte.
    RESET
  }

  private static final int[] LENGTHS = {
    0,
    1,
    47,
    48,
    49,
    16_384,
    65_535,
    65_536,
    65_537,
    (1 << 20) - 1,
    1 << 20,
    (1 << 20) + 1,
    4_000_000,
    64 << 20
  };
  private static final int MAX_EARLY_BYTES = 16_384;
  private static final int CHUNK_BYTES = 65_536;

  static List<Transfer> matrix() {
    List<Transfer> matrix = new ArrayList<>();
    for (int bytes : LENGTHS) {
      for (Reading reading : Reading.values()) {
        for (Ending ending : Ending.values()) {
          for (boolean early : new boolean[] {false, true}) {
            // Half of the streams begin on a link that waits, half on the one that comes.
            Role sender = matrix.size() / 2 % 2 == 0 ? Role.BRIDGE : Role.BROKER;
            matrix.add(new Transfer(bytes, reading, ending, early, sender));
          }
        }
      }
    }
    return matrix;
  }

  /// Runs it from the first connection to the last.
  ///
  /// @return what was wrong, or nothing
  String run(InetSocketAddress relay) throws Exception {
    InfoHash infoHash = InfoHashes.random();
    byte[] bridgeEarly = sender == Role.BRIDGE || ending == Ending.FIN_BOTH ? earlyData() : NONE;
    byte[] brokerEarly = sender == Role.BROKER || ending == Ending.FIN_BOTH ? earlyData() : NONE;
    try (TestLink bridge = TestLink.announce(relay, Role.BRIDGE, infoHash, bridgeEarly)) {
      bridge.awaitWaiting();
      try (TestLink broker = TestLink.announce(relay, Role.BROKER, infoHash, brokerEarly)) {
        bridge.awaitPaired();
        broker.awaitPaired();
        TestLink from = sender == Role.BRIDGE ? bridge : broker;
        TestLink to = sender == Role.BRIDGE ? broker : bridge;
        return switch (ending) {
          case FIN_THEN_FIN -> {
            String there = oneWay(from, to, earlyData().length);
            yield there.isEmpty() ? oneWay(to, from, 0) : there;
          }
          case FIN_BOTH -> {
            FutureTask<String> back = new FutureTask<>(() -> oneWay(to, from, earlyData().length));
            Thread.ofVirtual().start(back);
            yield oneWay(from, to, earlyData().length) + back.get();
          }
          case RESET -> withReset(from, to);
        };
      }
    }
  }

  private static final byte[] NONE = {};

  private byte[] earlyData() {
    byte[] data = new byte[early ? Math.min(bytes, MAX_EARLY_BYTES) : 0];
    for (int i = 0; i < data.length; i++) {
      data[i] = byteAt(i);
    }
    return data;
  }

  private String oneWay(TestLink from, TestLink to, int sentBytes) throws Exception {
    FutureTask<Boolean> sending =
        new FutureTask<>(
            () -> {
              send(from, sentBytes);
              from.halfClose();
              return true;
            });
    Thread.ofVirtual().start(sending);
    String failure = receive(to);
    sending.get();
    return failure;
  }

  private String withReset(TestLink from, TestLink to) throws Exception {
    FutureTask<Boolean> sending =
        new FutureTask<>(
            () -> {
              send(from, earlyData().length);
              from.reset();
              return true;
            });
    Thread.ofVirtual().start(sending);
    String failure;
    try {
      failure = receive(to);
      failure = failure.isEmpty() ? "a FIN instead of the reset" : failure;
    } catch (IOException e) {
      failure = ""; // what came before it was right, or it would have been told
    }
    sending.get();
    return failure;
  }

  private void send(TestLink link, int position) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    for (int sent = position; sent < bytes; ) {
      int length = Math.min(chunk.length, bytes - sent);
      for (int i = 0; i < length; i++) {
        chunk[i] = byteAt(sent + i);
      }
      ByteBuffer rest = ByteBuffer.wrap(chunk, 0, length);
      while (rest.hasRemaining()) {
        link.channel().write(rest);
      }
      sent += length;
    }
  }

  /// Reads up to the FIN, which has to come behind the last byte.
  ///
  /// @throws IOException if a reset comes instead
  private String receive(TestLink link) throws IOException, InterruptedException {
    if (reading == Reading.A_SECOND_LATE) {
      TimeUnit.SECONDS.sleep(1);
    }
    ByteBuffer chunk = ByteBuffer.allocate(reading == Reading.BY_KIBIBYTES ? 1024 : CHUNK_BYTES);
    int received = 0;
    while (link.channel().read(chunk.clear()) >= 0) {
      chunk.flip();
      while (chunk.hasRemaining()) {
        if (chunk.get() != byteAt(received++)) {
          return "another byte at " + (received - 1);
        }
      }
    }
    return received == bytes ? "" : "a FIN after %d bytes of %d".formatted(received, bytes);
  }

  private static byte byteAt(int position) {
    return (byte) (position * 31 + (position >>> 8) * 7 + (position >>> 16));
  }
}
