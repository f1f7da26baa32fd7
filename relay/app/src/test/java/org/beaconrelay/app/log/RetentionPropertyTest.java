package org.beaconrelay.app.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.beaconrelay.testing.Seeded;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/// The promise of [Retention] against a list of everything that was written: whatever is written
/// when, late or not, and however often the relay is stopped and started.
@ExtendWith(Seeded.class)
final class RetentionPropertyTest {
  private static final int WORLDS = 10;
  private static final int STEPS = 200;
  private static final List<Duration> RETENTIONS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(30),
          Duration.ofDays(1),
          Duration.ofDays(7),
          Duration.ofDays(30));

  @TempDir private Path folder;

  @Test
  void noRecordGetsOlderAndNoneGoesEarlierThanByASpan(Random random) throws IOException {
    for (int i = 0; i < WORLDS; i++) {
      Path own = Files.createDirectory(folder.resolve("world" + i));
      World world = new World(random, RETENTIONS.get(i % RETENTIONS.size()), own);
      for (int step = 0; step < STEPS; step++) {
        world.happen();
        world.check();
      }
    }
  }

  private static final class World implements LogListener {
    private final Random random;
    private final Retention retention;
    private final Path folder;
    private final ManualClock clock = new ManualClock("2026-11-26T10:00:00Z");
    private final LinkLines lines = Links.fullLines(clock);
    private final List<Instant> written = new ArrayList<>();
    private RollingFiles log;

    World(Random random, Duration retention, Path folder) {
      this.random = random;
      this.retention = new Retention(retention);
      this.folder = folder;
      this.log = open();
    }

    private RollingFiles open() {
      return new RollingFiles(folder.resolve("log"), retention, clock, new Troubles(this, () -> 0));
    }

    void happen() throws IOException {
      switch (random.nextInt(6)) {
        case 0 -> {
          log.close();
          clock.advance(part(0.3));
          log = open();
          log.tend();
        }
        case 1 -> {
          clock.advance(part(0.5));
          log.tend();
        }
        case 2 -> write(part(0.02)); // late
        default -> {
          clock.advance(part(0.01));
          write(Duration.ZERO);
        }
      }
    }

    /// A random part of the retention, `most` of it at most.
    private Duration part(double most) {
      return Duration.ofMillis((long) (retention.atMost().toMillis() * most * random.nextDouble()));
    }

    private void write(Duration late) throws IOException {
      Instant closed = clock.instant().minus(late);
      StringBuilder text = new StringBuilder();
      lines.append(text, Links.closed(closed));
      log.write(log.startOfSpan(closed.toEpochMilli()), text.toString().getBytes(US_ASCII));
      written.add(closed);
    }

    void check() throws IOException {
      List<Instant> kept = new ArrayList<>();
      try (Stream<Path> files = Files.list(folder)) {
        for (Path file : files.toList()) {
          Files.readAllLines(file).forEach(line -> kept.add(WrittenRecord.closed(line)));
        }
      }
      Instant oldest = clock.instant().minus(retention.atMost());
      assertThat(kept).as("none is older").allMatch(closed -> closed.isAfter(oldest));
      written.removeIf(closed -> !closed.isAfter(oldest.plus(retention.span())));
      assertThat(kept).as("none went early").containsAll(written);
    }

    @Override
    public void onDropped(long records, @Nullable IOException why) {
      throw new AssertionError(why);
    }

    @Override
    public void onTrouble(String what, IOException why) {
      throw new AssertionError(what, why);
    }
  }
}
