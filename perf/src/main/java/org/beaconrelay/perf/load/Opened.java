package org.beaconrelay.perf.load;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.beaconrelay.perf.RunFailedException;

/// Links or pairs that were opened one after the other.
///
/// **Owns:** them.
record Opened<T extends Closeable>(List<T> all) implements Closeable {
  /// Opens one.
  interface Opener<T> {
    T open() throws IOException, RunFailedException;
  }

  static <T extends Closeable> Opened<T> of(int count, Opener<T> opener)
      throws IOException, RunFailedException {
    return of(count, opener, () -> false);
  }

  /// @param stopped whether those that are not open yet are not wanted any more
  static <T extends Closeable> Opened<T> of(int count, Opener<T> opener, BooleanSupplier stopped)
      throws IOException, RunFailedException {
    Opened<T> opened = new Opened<>(new ArrayList<>());
    try {
      while (opened.all.size() < count && !stopped.getAsBoolean()) {
        opened.all.add(opener.open());
      }
      return opened;
    } catch (IOException | RunFailedException e) {
      try (opened) {
        throw e;
      }
    }
  }

  /// Closes each of them, whatever becomes of the others.
  @Override
  public void close() throws IOException {
    IOException failure = null;
    for (T one : all) {
      try {
        one.close();
      } catch (IOException e) {
        if (failure == null) {
          failure = e;
        } else {
          failure.addSuppressed(e);
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
