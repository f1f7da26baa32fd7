package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.beaconrelay.testing.TestPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// No byte that was sent before a FIN is missing behind it, no FIN comes without them, and a reset
/// comes as a reset.
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class TruncationIT {
  private static final int STREAMS_AT_ONCE = 12;

  @TempDir private Path folder;

  @Test
  void deliversEveryByteBeforeTheEndWhateverTheEnd() throws Exception {
    try (RelayJar relay = RelayJar.ready(folder)) {
      int descriptorsBefore = relay.figures().openKernelObjects();
      List<String> failures = new ArrayList<>();
      List<Transfer> transfers = Transfer.matrix();
      try (ExecutorService streams = Executors.newFixedThreadPool(STREAMS_AT_ONCE)) {
        List<Future<String>> outcomes =
            transfers.stream()
                .map(transfer -> streams.submit(() -> transfer.run(relay.address())))
                .toList();
        for (int i = 0; i < outcomes.size(); i++) {
          String failure = outcomes.get(i).get();
          if (!failure.isEmpty()) {
            failures.add(transfers.get(i) + ": " + failure);
          }
        }
      }
      assertThat(failures).isEmpty();
      relay.awaitDescriptors(descriptorsBefore);
      IdleCpu.assertRests(relay.figures());
    }
  }

  /// Each is waited for before the next is sent: whoever held one back would wait for ever.
  @Test
  void deliversSmallSegmentsOneByOne() throws Exception {
    try (RelayJar relay = RelayJar.ready(folder);
        TestPair pair = TestPair.open(relay.address())) {
      for (int length = 1; length <= 1448; length += 3) {
        byte[] segment = random(length);
        pair.bridge().send(segment);
        assertThat(pair.broker().receive(length)).as("%d bytes", length).isEqualTo(segment);
        pair.broker().send(segment);
        assertThat(pair.bridge().receive(length)).as("%d bytes", length).isEqualTo(segment);
      }
    }
  }

  /// A pipe has as many slots as pages, and a segment of one byte takes a slot: many more of them
  /// than slots, while nobody reads.
  @Test
  void deliversManySmallSegmentsAtOnce() throws Exception {
    for (String pipeSize : List.of("4KiB", "64KiB", "1MiB")) {
      try (RelayJar relay = RelayJar.ready(folder, "--pipe-size", pipeSize);
          TestPair pair = TestPair.open(relay.address())) {
        byte[] bytes = random(30_000);
        for (int sent = 0; sent < bytes.length; ) {
          int length = Math.min(1 + sent % 7, bytes.length - sent);
          byte[] segment = new byte[length];
          System.arraycopy(bytes, sent, segment, 0, length);
          pair.bridge().send(segment);
          sent += length;
        }
        assertThat(pair.broker().receive(bytes.length)).as(pipeSize).isEqualTo(bytes);
      }
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RandomGenerator.getDefault().nextBytes(bytes);
    return bytes;
  }
}
