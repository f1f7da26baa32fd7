package org.beaconrelay.app;

import java.io.EOFException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// A long pseudo-random stream from one TLS program to the other, digested at both ends and stored
/// nowhere. The receiver pauses now and then, so that back-pressure goes all the way.
final class BulkFlow {
  private static final int CHUNK_BYTES = 1 << 16;
  private static final long BYTES_BETWEEN_PAUSES = 32L << 20;
  private static final long PAUSE_MS = 50;

  private final FutureTask<String> sent;
  private final FutureTask<String> received;

  private BulkFlow(Callable<String> sending, Callable<String> receiving) {
    this.sent = new FutureTask<>(sending);
    this.received = new FutureTask<>(receiving);
  }

  /// Starts both ends; `lengthBytes` is a multiple of 64 KiB.
  static BulkFlow start(long seed, long lengthBytes, TlsProgram from, TlsProgram to) {
    BulkFlow flow =
        new BulkFlow(
            () -> send(seed, lengthBytes, from.plaintextOut()), () -> receive(lengthBytes, to));
    Thread.ofPlatform().daemon().start(flow.sent);
    Thread.ofPlatform().daemon().start(flow.received);
    return flow;
  }

  private static String send(long seed, long lengthBytes, OutputStream sink) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    SplittableRandom random = new SplittableRandom(seed);
    byte[] chunk = new byte[CHUNK_BYTES];
    for (long left = lengthBytes; left > 0; left -= chunk.length) {
      random.nextBytes(chunk);
      digest.update(chunk);
      sink.write(chunk);
    }
    sink.flush();
    return hex(digest);
  }

  private static String receive(long lengthBytes, TlsProgram program) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    byte[] chunk = new byte[CHUNK_BYTES];
    long untilPause = BYTES_BETWEEN_PAUSES;
    int count;
    for (long left = lengthBytes; left > 0; left -= count) {
      count = program.plaintextIn().read(chunk, 0, (int) Math.min(chunk.length, left));
      if (count < 0) {
        throw new EOFException("%d bytes have not come: %s".formatted(left, program.messages()));
      }
      digest.update(chunk, 0, count);
      untilPause -= count;
      if (untilPause <= 0) {
        untilPause = BYTES_BETWEEN_PAUSES;
        TimeUnit.MILLISECONDS.sleep(PAUSE_MS);
      }
    }
    return hex(digest);
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  /// SHA-256 of all that was sent, once it is.
  String sentSha256() throws Exception {
    return sent.get();
  }

  /// SHA-256 of all that came, once it has.
  String receivedSha256() throws Exception {
    return received.get();
  }
}
