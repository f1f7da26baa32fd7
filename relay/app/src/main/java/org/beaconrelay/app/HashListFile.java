package org.beaconrelay.app;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.beaconrelay.protocol.InfoHash;

/// A list of info_hashes: one a line, 64 hex digits; `#` begins a comment.
///
/// What is wrong is told by the number of its line, never by what is in it: it may be an info_hash,
/// or all but one digit of one.
record HashListFile(Path path) {
  /// Some 250,000 info_hashes.
  static final int MAX_BYTES = 16 << 20;

  private static final char COMMENT = '#';

  /// @throws BadValueException saying what is wrong with it
  Set<InfoHash> read() throws BadValueException {
    List<String> lines = lines();
    Set<InfoHash> hashes = new HashSet<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      int comment = line.indexOf(COMMENT);
      String hex = (comment < 0 ? line : line.substring(0, comment)).strip();
      if (!hex.isEmpty()) {
        hashes.add(parse(hex, i + 1));
      }
    }
    return Set.copyOf(hashes);
  }

  private List<String> lines() throws BadValueException {
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new BadValueException("is too large: %s at most".formatted(Sizes.format(MAX_BYTES)));
      }
      // Any byte is a character there, and none of the wrong ones is a digit.
      return new String(bytes, StandardCharsets.ISO_8859_1).lines().toList();
    } catch (IOException e) {
      throw new BadValueException("cannot be read: " + IoProblems.text(e));
    }
  }

  private static InfoHash parse(String hex, int lineNumber) throws BadValueException {
    try {
      return InfoHash.ofHex(hex);
    } catch (IllegalArgumentException _) {
      throw new BadValueException(
          "line %d is no info_hash: write 64 hex digits, as beacon info-hash prints them"
              .formatted(lineNumber));
    }
  }
}
