package org.beaconrelay.app;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SequencedMap;
import org.beaconrelay.app.prove.Program;

/// What a proof is about: when, where, and which program.
///
/// @param version what the program that is tried says of itself
/// @param canary 64 hex digits
record ProofHeader(
    Instant date,
    String kernel,
    String architecture,
    int cores,
    String user,
    List<String> program,
    SequencedMap<String, String> version,
    String canary) {

  static ProofHeader of(Program program, String canary) throws IOException, InterruptedException {
    return new ProofHeader(
        Instant.now().truncatedTo(ChronoUnit.SECONDS),
        "Linux " + System.getProperty("os.version", "unknown"),
        System.getProperty("os.arch", "unknown"),
        Runtime.getRuntime().availableProcessors(),
        System.getProperty("user.name", "unknown"),
        program.command(),
        program.version(),
        canary);
  }
}
