package org.beaconrelay.endpoint.pki;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// Files of bounded length.
final class FileBytes {
  private FileBytes() {}

  /// Reads a file, or the first `maxBytes` + 1 of it.
  ///
  /// @throws PkiException if it cannot be read
  static byte[] read(Path file, int maxBytes) throws PkiException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(maxBytes + 1);
    } catch (IOException e) {
      throw new PkiException(
          switch (e) {
            case NoSuchFileException _ -> "no such file";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException known when known.getReason() != null -> known.getReason();
            default -> String.valueOf(e.getMessage());
          });
    }
  }

  /// @param what is expected in it
  static void checkLength(byte[] file, int maxBytes, String what) throws PkiException {
    if (file.length == 0) {
      throw new PkiException("is empty");
    }
    if (file.length > maxBytes) {
      throw new PkiException("is too long for " + what);
    }
  }
}
