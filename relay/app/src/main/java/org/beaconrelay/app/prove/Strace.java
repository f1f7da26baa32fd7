package org.beaconrelay.app.prove;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// strace(1), which starts a program and writes down its calls.
final class Strace {
  /// All by which bytes come from a descriptor into a process's memory; splice, which does not
  /// bring them there; accept, which tells what descriptors are links. Those that a kernel does not
  /// have are passed over.
  private static final String CALLS =
      "?read,?readv,?pread64,?preadv,?preadv2,?recv,?recvfrom,?recvmsg,?recvmmsg,?vmsplice,"
          + "?splice,?accept,?accept4,?io_uring_setup";

  private Strace() {}

  /// What a command line has to begin with.
  ///
  /// @param log where the calls are written down
  /// @throws IOException if there is no strace
  static List<String> launcher(Path log) throws IOException {
    String path = System.getenv().getOrDefault("PATH", "/usr/bin:/bin");
    Path strace =
        Stream.of(path.split(":", -1))
            .map(directory -> Path.of(directory, "strace"))
            .filter(Files::isExecutable)
            .findFirst()
            .orElseThrow(
                () ->
                    new IOException(
                        "strace is not installed: install it, or leave this out with --count-reads"
                            + " off"));
    return List.of(
        strace.toString(),
        "-f",
        "--seccomp-bpf", // other calls are not stopped at
        "-qq",
        "-y",
        "-s",
        "0", // what is read is nobody's business
        "-e",
        "signal=none",
        "-e",
        "trace=" + CALLS,
        "-o",
        log.toString());
  }
}
