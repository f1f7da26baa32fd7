package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The kept list of classes that the class-data archive is made of.
final class ClassListTest {
  private static final Path LIST = Path.of("../../native-config/classes.list");

  /// What has another name by now is loaded from its jar, and the start gets slower unnoticed.
  @Test
  void namesNoClassThatIsGone() throws IOException {
    List<String> own =
        Files.readAllLines(LIST).stream()
            .filter(line -> line.startsWith("org/beaconrelay/"))
            .toList();
    assertThat(own).hasSizeGreaterThan(100);
    assertThat(own)
        .as("classes that are gone: run native-config/list-classes")
        .allSatisfy(name -> Class.forName(name.replace('/', '.'), false, loader()));
  }

  private static ClassLoader loader() {
    return ClassListTest.class.getClassLoader();
  }
}
