package org.beaconrelay.app;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Files that are made together: all of them, or none.
final class NewFiles {
  private static final Set<StandardOpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  /// Nobody else has had it open before its mode was changed: it is made with it.
  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private NewFiles() {}

  /// One of them.
  ///
  /// @param secret whether only its owner may read it
  record NewFile(String name, String text, boolean secret) {}

  /// Those that are there already, whatever they are.
  static List<String> existing(Path directory, List<NewFile> files) {
    return files.stream()
        .map(NewFile::name)
        .filter(name -> Files.exists(directory.resolve(name), LinkOption.NOFOLLOW_LINKS))
        .toList();
  }

  /// Writes them.
  ///
  /// @throws IOException if one cannot be written; then those before it are gone again
  static void write(Path directory, List<NewFile> files) throws IOException {
    List<Path> made = new ArrayList<>();
    try {
      for (NewFile file : files) {
        write(directory.resolve(file.name()), file, made);
      }
    } catch (IOException e) {
      for (Path path : made) {
        try {
          Files.delete(path);
        } catch (IOException left) {
          e.addSuppressed(left);
        }
      }
      throw e;
    }
  }

  private static void write(Path path, NewFile file, List<Path> made) throws IOException {
    FileAttribute<?>[] attributes =
        file.secret() ? new FileAttribute<?>[] {OWNER_ONLY} : new FileAttribute<?>[0];
    try (FileChannel channel = FileChannel.open(path, NEW, attributes)) {
      made.add(path);
      ByteBuffer bytes = ByteBuffer.wrap(file.text().getBytes(StandardCharsets.UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true); // some file systems tell only now that they are full
    }
  }
}
