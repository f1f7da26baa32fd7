package org.beaconrelay.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.testing.InfoHashes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Looks when the test says so; a change needs two looks.
final class HashListTest {
  private final InfoHash first = InfoHashes.random();
  private final InfoHash second = InfoHashes.random();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir private Path folder;

  private Path path;

  @BeforeEach
  void name() {
    path = folder.resolve("hashes");
  }

  private void write(String... lines) throws IOException {
    Files.write(path, List.of(lines));
  }

  private HashList read() throws BadValueException {
    return new HashList(new HashListFile(path));
  }

  private FileWatch watch(HashList list) {
    return list.watch(
        new Terminal(
            Map.of(),
            InputStream.nullInputStream(),
            new PrintStream(new ByteArrayOutputStream()),
            new PrintStream(err, true, UTF_8),
            false));
  }

  private static void lookTwice(FileWatch watch) {
    watch.look();
    watch.look();
  }

  private String said() {
    return err.toString(UTF_8);
  }

  @Test
  void takesCommentsEmptyLinesAndEitherCase() throws Exception {
    write(
        "# who may come",
        "",
        first.toHex() + " # the first",
        "  " + second.toHex().toUpperCase(Locale.ROOT) + "  ",
        first.toHex());
    HashList list = read();
    assertThat(list.contains(first)).isTrue();
    assertThat(list.contains(second)).isTrue();
    assertThat(list.contains(InfoHashes.random())).isFalse();
    assertThat(list.size()).isEqualTo(2);
  }

  @Test
  void takesLinesThatEndAsOnWindowsAndALastOneThatDoesNotEnd() throws Exception {
    Files.writeString(path, first.toHex() + "\r\n" + second.toHex());
    assertThat(read().size()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 63, 65, 128})
  void tellsTheNumberOfAWrongLineAndNotWhatIsInIt(int digits) throws IOException {
    String wrong = "a".repeat(digits) + (digits == 0 ? "q" : "");
    write(first.toHex(), "# fine", wrong);
    assertThatThrownBy(this::read)
        .hasMessageContaining("line 3 is no info_hash: write 64 hex digits")
        .hasMessageNotContaining("aa")
        .hasMessageNotContaining("q");
  }

  @Test
  void tellsOfAFileThatIsNotThereOrTooLarge() throws IOException {
    assertThatThrownBy(this::read).hasMessage("cannot be read: no such file");
    Files.write(path, new byte[HashListFile.MAX_BYTES + 1]);
    assertThatThrownBy(this::read).hasMessage("is too large: 16MiB at most");
  }

  @Test
  void takesUpAChange() throws Exception {
    write(first.toHex());
    HashList list = read();
    FileWatch watch = watch(list);
    lookTwice(watch);
    assertThat(said()).isEmpty();

    write(second.toHex(), "# and nobody else");
    watch.look();
    assertThat(list.contains(second)).as("before it has settled").isFalse();
    watch.look();
    assertThat(list.contains(second)).isTrue();
    assertThat(list.contains(first)).isFalse();
    assertThat(said()).isEqualTo("beacon: allow-hash-file: the list has changed: info_hashes=1\n");

    write("# only the words have changed", second.toHex());
    lookTwice(watch);
    assertThat(said()).hasLineCount(1);
  }

  @Test
  void keepsTheOldOneAndSaysSoOnce() throws Exception {
    write(first.toHex());
    HashList list = read();
    FileWatch watch = watch(list);
    lookTwice(watch);

    String wrong = second.toHex().substring(1);
    write(second.toHex(), wrong);
    lookTwice(watch);
    lookTwice(watch);
    assertThat(list.contains(first)).isTrue();
    assertThat(list.contains(second)).isFalse();
    assertThat(said())
        .isEqualTo(
            "beacon: warning: allow-hash-file: the old list stays in use: %s line 2 is no info_hash: write 64 hex digits, as beacon info-hash prints them\n"
                .formatted(path))
        .doesNotContain(wrong);

    Files.delete(path);
    lookTwice(watch);
    assertThat(list.contains(first)).isTrue();
    assertThat(said()).hasLineCount(2).endsWith(path + " cannot be read: no such file\n");
  }
}
