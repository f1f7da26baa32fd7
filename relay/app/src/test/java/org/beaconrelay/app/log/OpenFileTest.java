package org.beaconrelay.app.log;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OpenFileTest {
  private static final Instant CLOSED = Instant.parse("2026-11-26T12:00:00Z");

  @TempDir private Path folder;

  private Path path;
  private String line = "";

  @BeforeEach
  void writeOneLine() {
    path = folder.resolve("log");
    StringBuilder text = new StringBuilder();
    Links.fullLines(new ManualClock("2026-11-26T12:00:00Z")).append(text, Links.closed(CLOSED));
    line = text.toString();
  }

  private String appendTo(String before) throws IOException {
    Files.writeString(path, before);
    try (OpenFile file = OpenFile.of(path)) {
      file.append(line.getBytes(US_ASCII));
    }
    return Files.readString(path);
  }

  @Test
  void isForItsOwnerAlone() throws IOException {
    try (OpenFile file = OpenFile.of(path)) {
      assertThat(file.isEmpty()).isTrue();
      assertThat(file.firstClosed()).isNull();
    }
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void appendsToWhatIsThere() throws IOException {
    assertThat(appendTo(line)).isEqualTo(line + line);
    try (OpenFile file = OpenFile.of(path)) {
      assertThat(file.firstClosed()).isEqualTo(CLOSED);
      assertThat(file.isEmpty()).isFalse();
    }
  }

  @Test
  void cutsOffALineThatWasNeverFinished() throws IOException {
    for (int i = 0; i < line.length(); i++) {
      String unfinished = line.substring(0, i);
      assertThat(appendTo(unfinished)).isEqualTo(line);
      assertThat(appendTo(line + unfinished)).isEqualTo(line + line);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "root:x:0:0:root:/root:/bin/bash\n",
        "root",
        "\n",
        "{\"pair_id\":null}\n",
        "{\"closed\":\"2026-11-26T12:00:00.000Z\"}\n",
        "{\"pair_id\":null,\"closed\":\"yesterday\"}\n"
      })
  void leavesAFileAloneThatIsNoLog(String content) throws IOException {
    Files.writeString(path, content);
    assertThatExceptionOfType(NoLogException.class).isThrownBy(() -> OpenFile.of(path));
    assertThat(path).hasContent(content);
  }

  @Test
  void leavesALongLineAlone() throws IOException {
    String content = "{\"pair_id\":" + " ".repeat(LinkLines.MAX_BYTES);
    Files.writeString(path, content);
    assertThatExceptionOfType(NoLogException.class).isThrownBy(() -> OpenFile.of(path));
    assertThat(path).hasContent(content);
  }

  @Test
  void followsNoLink() throws IOException {
    Files.createSymbolicLink(path, folder.resolve("elsewhere"));
    assertThatIOException().isThrownBy(() -> OpenFile.of(path));
    assertThat(folder.resolve("elsewhere")).doesNotExist();
  }

  @Test
  void isWrittenByOneRelayAtATime() throws IOException {
    try (OpenFile first = OpenFile.of(path)) {
      assertThatIOException()
          .isThrownBy(() -> OpenFile.of(path))
          .withMessage("another relay writes to it");
      first.append(line.getBytes(US_ASCII));
    }
    OpenFile.of(path).close();
    assertThat(path).hasContent(line);
  }

  @Test
  void noticesThatItsNameLeadsElsewhere() throws IOException {
    try (OpenFile file = OpenFile.of(path)) {
      assertThat(file.isInPlace()).isTrue();
      Files.move(path, folder.resolve("elsewhere"));
      assertThat(file.isInPlace()).isFalse();
      Files.createFile(path);
      assertThat(file.isInPlace()).isFalse();
    }
  }
}
