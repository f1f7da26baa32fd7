package org.beaconrelay.app.prove;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/// TRUST-MODEL.md, rule 7: what is relayed is never read by the relay. Of each link it reads what
/// is for itself, and not a byte more; the same count has to see the rest where the relay copies.
///
/// With epoll alone: through an io_uring the kernel could read without a call.
final class ReadTrial implements Trial {
  /// Every call is stopped at, so that more would take long.
  private static final long MOST_BYTES = 16L << 20;

  private static final String TRANSPORT = "epoll";

  private final Proof.Settings settings;
  private final LinkMode mode;
  private final byte[] canary;

  ReadTrial(Proof.Settings settings, LinkMode mode, byte[] canary) {
    this.settings = settings;
    this.mode = mode;
    this.canary = canary;
  }

  @Override
  public Claim.Subject subject() {
    return new Claim.Subject(
        "reads-" + mode.label(),
        "The relay reads nothing of what it passes on: %s.".formatted(mode.text()),
        "strace notes every call by which the relay's process could take bytes from a socket or a"
            + " pipe into its memory (read, recv and their kin), from its start to its end, and"
            + " what each returned. Over the whole life of a pair that must be exactly what its two"
            + " ends sent before their first byte for each other (outer TLS, announce,"
            + " close_notify), counted where it was sent. Control: the same with --data-path"
            + " copy.");
  }

  /// What one relay did.
  private record Run(CallCount calls, long openingBytes, long relayedBytes) {}

  @Override
  public Claim run(List<String> commands) throws IOException, InterruptedException {
    Run spliced = trace("splice", commands);
    Run copied = trace("copy", commands);
    SequencedMap<String, Object> figures = new LinkedHashMap<>();
    figures.put("transport", TRANSPORT);
    figures.put("relayed_bytes", spliced.relayedBytes());
    figures.put("sent_to_relay_itself_bytes", spliced.openingBytes());
    figures.put("read_calls", spliced.calls().reads());
    figures.put("read_bytes", spliced.calls().readBytes());
    figures.put("splice_calls", spliced.calls().splices());
    figures.put("spliced_bytes", spliced.calls().splicedBytes());
    figures.put("control_relayed_bytes", copied.relayedBytes());
    figures.put("control_read_bytes", copied.calls().readBytes());
    return subject().conclude(commands, figures, judge(spliced, copied));
  }

  private static Judgement judge(Run spliced, Run copied) {
    if (spliced.calls().hasRing()) {
      return new Judgement(
          Verdict.UNPROVEN,
          "The relay has made an io_uring, by which it could read without a call.");
    }
    if (spliced.calls().readBytes() != spliced.openingBytes()
        || spliced.calls().splicedBytes() != spliced.relayedBytes()) {
      return new Judgement(
          Verdict.BROKEN,
          "The relay has read another number of bytes than were sent to it, or spliced another"
              + " than were passed on.");
    }
    if (copied.calls().readBytes() != copied.openingBytes() + copied.relayedBytes()) {
      return new Judgement(
          Verdict.UNPROVEN, "The count does not see what the relay reads where it copies.");
    }
    return new Judgement(
        Verdict.HELD,
        "Read to the byte what was for the relay, and spliced all the rest; where the relay"
            + " copies, the same count sees it read everything.");
  }

  private Run trace(String dataPath, List<String> commands)
      throws IOException, InterruptedException {
    Path log = Files.createTempFile("beacon-prove", ".strace");
    try {
      List<String> options = RelayOptions.of(mode, dataPath, TRANSPORT);
      long openingBytes;
      long relayedBytes;
      try (RelayRun relay = RelayRun.start(settings.program(), Strace.launcher(log), options)) {
        commands.add(relay.commandLine());
        long leastBytes = Math.min(settings.leastBytes(), MOST_BYTES);
        try (CanaryPair pair = CanaryPair.open(relay, mode, CanaryPair.randomInfoHash(), canary)) {
          CanaryFlow toBroker = pair.startToBroker(leastBytes);
          CanaryFlow toBridge = pair.startToBridge(leastBytes);
          relayedBytes = pair.greetingBytes() + toBroker.finish() + toBridge.finish();
          openingBytes = pair.openingBytes();
        }
        relay.stop();
      }
      return new Run(CallCount.of(log), openingBytes, relayedBytes);
    } finally {
      Files.deleteIfExists(log);
    }
  }
}
