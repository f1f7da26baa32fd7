package org.beaconrelay.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.beaconrelay.perf.RunFailedException;
import org.beaconrelay.protocol.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConnectionLogTest {
  private static final Instant START = Instant.parse("2026-11-26T11:59:00Z");

  @TempDir private Path folder;

  private void write(String name, String modified, long... pairIds) throws IOException {
    Path file = folder.resolve(name);
    StringBuilder lines = new StringBuilder();
    for (long pairId : pairIds) {
      lines.append(
          "{\"pair_id\":\"%016x\",\"role\":\"broker\",\"bytes_from\":1,\"bytes_to\":2,\"close_reason\":\"reset\"}%n"
              .formatted(pairId));
    }
    Files.writeString(file, lines);
    Files.setLastModifiedTime(file, FileTime.from(Instant.parse(modified)));
  }

  private static LoggedLink link(long pairId) {
    return new LoggedLink(pairId, Role.BROKER, 1, 2, "reset");
  }

  /// The relay has given the log another name while pairs were open.
  @Test
  void isReadAcrossTheHour() throws Exception {
    write("c.log.20261126T100000Z", "2026-11-26T11:00:00Z", 1);
    write("c.log.20261126T110000Z", "2026-11-26T11:59:30Z", 2, -3);
    write("c.log", "2026-11-26T12:00:10Z", 4, 5, 2);
    write("other.log", "2026-11-26T12:00:10Z", 2);
    ConnectionLog log = new ConnectionLog(folder.resolve("c.log"));
    log.check();
    assertThat(log.read(START, Set.of(1L, 2L, -3L, 5L)))
        .hasSize(3)
        .containsEntry(2L, List.of(link(2), link(2)))
        .containsEntry(-3L, List.of(link(-3)))
        .containsEntry(5L, List.of(link(5)));
  }

  @Test
  void hasToBeThere() {
    assertThatThrownBy(() -> new ConnectionLog(folder.resolve("none.log")).check())
        .isInstanceOf(RunFailedException.class)
        .hasMessageContaining("--connection-log FILE");
    assertThatThrownBy(() -> new ConnectionLog(folder).check())
        .isInstanceOf(RunFailedException.class);
  }
}
