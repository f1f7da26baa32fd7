package org.beaconrelay.app;

import java.util.List;
import java.util.Set;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.server.AllowedHashes;

/// The info_hashes that may be announced, from a file that is read again when it changes.
///
/// **Thread:** any.
final class HashList implements AllowedHashes {
  private final HashListFile file;
  private volatile Set<InfoHash> hashes;

  /// @throws BadValueException if the file cannot be read, or something else is in it
  HashList(HashListFile file) throws BadValueException {
    this.file = file;
    this.hashes = file.read();
  }

  @Override
  public boolean contains(InfoHash infoHash) {
    return hashes.contains(infoHash);
  }

  /// How many there are.
  int size() {
    return hashes.size();
  }

  /// What takes it up anew when the file has changed.
  FileWatch watch(Terminal terminal) {
    return new FileWatch(
        "beacon-allow-hash-file",
        List.of(file.path()),
        () -> readAgain(terminal),
        problem ->
            terminal.warn(
                "allow-hash-file: the old list stays in use: %s %s"
                    .formatted(file.path(), problem)));
  }

  private void readAgain(Terminal terminal) throws BadValueException {
    Set<InfoHash> read = file.read();
    if (!read.equals(hashes)) {
      hashes = read;
      terminal.inform("allow-hash-file: the list has changed: info_hashes=" + read.size());
    }
  }
}
