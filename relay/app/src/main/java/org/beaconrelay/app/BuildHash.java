package org.beaconrelay.app;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// By which anybody can check that this is the program that it says it is.
final class BuildHash {
  private BuildHash() {}

  /// SHA-256 of the jar that this class is from; `unpackaged` if it is from no jar.
  static String text() {
    CodeSource source = BuildHash.class.getProtectionDomain().getCodeSource();
    try {
      URI location = source.getLocation().toURI();
      if (!"file".equals(location.getScheme()) || !Files.isRegularFile(Path.of(location))) {
        return "unpackaged";
      }
      byte[] jar = Files.readAllBytes(Path.of(location));
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
    } catch (URISyntaxException | IOException e) {
      return "unknown (" + e.getMessage() + ")";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
