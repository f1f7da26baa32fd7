package org.beaconrelay.perf.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/// Finds who listens at an address of this host, by way of /proc/net/tcp (proc_net(5)).
final class ListeningProcess {
  private static final String LISTENING = "0A"; // TCP_LISTEN
  private static final int ADDRESS = 1;
  private static final int STATE = 3;
  private static final int INODE = 9;
  private static final int WORD_BYTES = 4;

  private final InetSocketAddress address;

  /// Sockets that listen at the very address, and at all addresses.
  private final Set<String> sockets = new HashSet<>();

  private final Set<String> wildcardSockets = new HashSet<>();

  private ListeningProcess(InetSocketAddress address) {
    this.address = address;
  }

  /// @return its process id; empty if it is on another host, or hidden from this user
  static OptionalLong find(InetSocketAddress address) throws IOException {
    InetAddress host = address.getAddress();
    boolean isHere =
        host.isLoopbackAddress()
            || host.isAnyLocalAddress()
            || NetworkInterface.getByInetAddress(host) != null;
    return isHere ? new ListeningProcess(address).find() : OptionalLong.empty();
  }

  private OptionalLong find() throws IOException {
    for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
      if (Files.exists(Path.of(table))) {
        collect(Path.of(table));
      }
    }
    // As for the kernel: who listens at all addresses has what nobody else listens at.
    Set<String> wanted = sockets.isEmpty() ? wildcardSockets : sockets;
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[1-9]*")) {
      for (Path process : processes) {
        if (holdsOneOf(process, wanted)) {
          return OptionalLong.of(Long.parseLong(process.getFileName().toString()));
        }
      }
    }
    return OptionalLong.empty();
  }

  private void collect(Path table) throws IOException {
    String port = ":%04X".formatted(address.getPort());
    for (String line : Files.readAllLines(table)) {
      String[] fields = line.strip().split(" +", -1);
      if (fields[ADDRESS].endsWith(port) && fields[STATE].equals(LISTENING)) {
        InetAddress at =
            parse(fields[ADDRESS].substring(0, fields[ADDRESS].length() - port.length()));
        String socket = "socket:[%s]".formatted(fields[INODE]);
        if (at.equals(address.getAddress())) {
          sockets.add(socket);
        } else if (at.isAnyLocalAddress()) {
          wildcardSockets.add(socket);
        }
      }
    }
  }

  /// The kernel writes words of 32 bits as this machine has them: the lowest byte first.
  private static InetAddress parse(String hex) throws IOException {
    byte[] written = HexFormat.of().parseHex(hex);
    byte[] bytes = new byte[written.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = written[i / WORD_BYTES * WORD_BYTES + WORD_BYTES - 1 - i % WORD_BYTES];
    }
    return InetAddress.getByAddress(bytes);
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
