package org.beaconrelay.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Takes files up anew when they have changed: overwritten, replaced, or reached through a symbolic
/// link that leads elsewhere now, as Kubernetes does it.
///
/// **Thread:** one of its own, once it is started; without it, one at a time.
final class FileWatch {
  /// What is done with what is in the files.
  interface Reader {
    /// @throws BadValueException saying what is wrong with the files; nothing has changed then
    void read() throws BadValueException;
  }

  private static final Duration INTERVAL = Duration.ofSeconds(2);

  /// Of the file that a name leads to. The time of change is that of the inode, which nobody can
  /// set: `cp -p` keeps the others.
  private static final String ATTRIBUTES = "unix:ino,size,ctime,lastModifiedTime";

  private final String name;
  private final List<Path> files;
  private final Reader reader;
  private final Consumer<String> teller;

  /// As they were last seen, and as they were when they were last read. Not read by this watch yet,
  /// so that a change since the start is not missed.
  private List<Map<String, Object>> seen = List.of();

  private List<Map<String, Object>> read = List.of();
  private String told = "";

  /// @param name that of its thread
  /// @param teller is told what is wrong with the files, once
  FileWatch(String name, List<Path> files, Reader reader, Consumer<String> teller) {
    this.name = name;
    this.files = files;
    this.reader = reader;
    this.teller = teller;
  }

  /// Looks again and again, until the process ends.
  void start() {
    Thread.ofPlatform().daemon().name(name).start(this::keepLooking);
  }

  private void keepLooking() {
    try {
      while (true) {
        Thread.sleep(INTERVAL);
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// Looks once. A change is taken up when it has stood from one look to the next: two files are
  /// not written in the same moment.
  void look() {
    List<Map<String, Object>> now = files.stream().map(FileWatch::state).toList();
    boolean settled = now.equals(seen);
    seen = now;
    if (settled && !now.equals(read)) {
      read = now;
      takeUp();
    }
  }

  private static Map<String, Object> state(Path file) {
    try {
      return Files.readAttributes(file, ATTRIBUTES);
    } catch (IOException _) {
      return Map.of(); // what is wrong with it, reading it will tell
    }
  }

  private void takeUp() {
    try {
      reader.read();
      told = "";
    } catch (BadValueException e) {
      if (!told.equals(e.advice())) {
        told = e.advice();
        teller.accept(told);
      }
    }
  }
}
