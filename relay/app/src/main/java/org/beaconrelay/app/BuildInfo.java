package org.beaconrelay.app;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/// Which program this is.
///
/// @param commit what it was built from, `unknown` if nobody said
record BuildInfo(String version, String commit) {
  private static final String RESOURCE = "build.properties";

  /// Reads what the build left; whoever starts a checkout knows the commit better
  /// (`beacon.commit`).
  static BuildInfo read() {
    Properties properties = new Properties();
    try (InputStream resource = BuildInfo.class.getResourceAsStream(RESOURCE)) {
      if (resource != null) {
        properties.load(resource);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
    String commit = System.getProperty("beacon.commit", "");
    return new BuildInfo(
        known(properties.getProperty("version", "")),
        known(commit.isEmpty() ? properties.getProperty("commit", "") : commit));
  }

  /// Maven leaves a placeholder as it is where the build was not told the value.
  private static String known(String value) {
    return value.isEmpty() || value.startsWith("${") ? "unknown" : value;
  }
}
