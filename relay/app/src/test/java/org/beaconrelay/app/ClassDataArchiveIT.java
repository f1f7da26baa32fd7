package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The archive that the launcher makes, with the packaged program.
final class ClassDataArchiveIT {
  private static final Path CONFIG = Path.of("../../native-config").toAbsolutePath().normalize();
  private static final Path JAR = Path.of("target/beacon.jar").toAbsolutePath().normalize();
  private static final Path ARCHIVE = Path.of("target/beacon.jsa").toAbsolutePath();

  @TempDir static Path folder;

  @BeforeAll
  static void makeArchive() throws IOException, InterruptedException {
    assumeThat(JAR).as("the packaged program").exists();
    Programs.run(folder, CONFIG.resolve("archive-classes").toString());
  }

  @Test
  void fitsTheProgram() throws IOException, InterruptedException {
    String said = Programs.run(folder, version(ARCHIVE, "-Xshare:on"));

    assertThat(said).startsWith("version ");
  }

  @Test
  void thatIsBrokenIsMentionedOnStandardErrorOnly() throws IOException, InterruptedException {
    Path broken = folder.resolve("broken.jsa");
    Files.writeString(broken, "no archive");
    String[] version = version(broken, "-Xshare:auto");

    assertThat(Programs.run(folder, version)).contains("shared archive file");
    assertThat(Programs.run(folder, withoutErrors(version))).startsWith("version ");
  }

  /// A signed jar is checked from end to end before it gives a class, and none of its classes can
  /// be archived.
  @Test
  void findsNoJarSigned() throws IOException {
    try (Stream<Path> jars = Files.list(JAR.resolveSibling("lib"))) {
      assertThat(jars.toList())
          .isNotEmpty()
          .allSatisfy(
              jar -> {
                try (ZipFile entries = new ZipFile(jar.toFile())) {
                  assertThat(entries.stream().map(ZipEntry::getName))
                      .noneMatch(name -> name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)"));
                }
              });
    }
  }

  private static String[] version(Path archive, String share) {
    return new String[] {
      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
      "@" + CONFIG.resolve("jvm.options"),
      "-XX:SharedArchiveFile=" + archive,
      share,
      "-jar",
      JAR.toString(),
      "version"
    };
  }

  private static String[] withoutErrors(String... command) {
    return Stream.concat(Stream.of("sh", "-c", "exec \"$@\" 2>/dev/null", "sh"), Stream.of(command))
        .toArray(String[]::new);
  }
}
