package org.beaconrelay.server.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/// The descriptors of this process that are ends of pipes.
public final class OpenPipes {
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private OpenPipes() {}

  /// All of them now.
  public static Set<Integer> descriptors() {
    try (Stream<Path> links = Files.list(DESCRIPTORS)) {
      Set<Integer> pipes = new HashSet<>();
      links.filter(OpenPipes::isPipe).forEach(link -> pipes.add(number(link)));
      return pipes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int number(Path link) {
    return Integer.parseInt(link.getFileName().toString());
  }

  private static boolean isPipe(Path link) {
    try {
      return Files.readSymbolicLink(link).toString().startsWith("pipe:");
    } catch (NoSuchFileException e) {
      return false; // closed in the meantime: the one that lists them, for instance
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
