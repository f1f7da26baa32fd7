package org.beaconrelay.perf.load;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// Finds who listens at a port of this host, by way of /proc/net/tcp.
final class ListeningProcess {
  private static final String LISTENING = "0A"; // TCP_LISTEN
  private static final int ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;

  private ListeningProcess() {}

  /// @return its process id; empty if it is on another host, or hidden from this user
  static OptionalLong find(int port) throws IOException {
    Set<String> sockets = new HashSet<>();
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      if (Files.exists(Path.of(table))) {
        collect(Path.of(table), port, sockets);
      }
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
      for (Path process : processes) {
        if (holdsOneOf(process, sockets)) {
          return OptionalLong.of(Long.parseLong(process.getFileName().toString()));
        }
      }
    }
    return OptionalLong.empty();
  }

  private static void collect(Path table, int port, Set<String> sockets) throws IOException {
    String wanted = ":%04X".formatted(port);
    for (String line : Files.readAllLines(table)) {
      String[] fields = line.strip().split(" +", -1);
      if (fields[ADDRESS].endsWith(wanted) && fields[STATE].equals(LISTENING)) {
        sockets.add("socket:[%s]".formatted(fields[INODE]));
      }
    }
  }

  private static boolean holdsOneOf(Path process, Set<String> sockets) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
          return true;
        }
      }
    } catch (IOException _) {
      // It has ended, or is not ours to look into.
    }
    return false;
  }
}
