package org.beaconrelay.app.prove;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.beaconrelay.protocol.InfoHash;

/// TRUST-MODEL.md, rule 7: what is relayed is never in the relay's memory. The same search has to
/// find it where the relay copies, or it would prove nothing.
final class MemoryTrial implements Trial {
  private final Proof.Settings settings;
  private final LinkMode mode;
  private final byte[] canary;

  MemoryTrial(Proof.Settings settings, LinkMode mode, byte[] canary) {
    this.settings = settings;
    this.mode = mode;
    this.canary = canary;
  }

  @Override
  public Claim.Subject subject() {
    return new Claim.Subject(
        "memory-" + mode.label(),
        "What the relay passes on is never in its memory: %s.".formatted(mode.text()),
        "A pair carries a canary of %d random bytes over and over again, both ways at once. All memory that the"
                .formatted(canary.length)
            + " relay's process could read is searched for it through /proc/PID/mem: meanwhile,"
            + " once all has come through, and once the links are closed. The same searches look"
            + " for the info_hash, which the relay was told. Control: the same with --data-path"
            + " copy.");
  }

  @Override
  public Claim run(List<String> commands) throws IOException, InterruptedException {
    SequencedMap<String, Object> figures = new LinkedHashMap<>();
    Scan spliced = scan("splice", commands, figures, "relayed_bytes");
    figures.put("searches", (long) spliced.count());
    figures.put("searched_bytes_each", spliced.searchedBytes());
    figures.put("unreadable_bytes_each", spliced.unreadableBytes());
    figures.put("canary_found_times", (long) spliced.canaryPlaces().size());
    figures.put("info_hash_found", spliced.isToldFound() ? "yes" : "no");
    Scan copied = scan("copy", commands, figures, "control_relayed_bytes");
    figures.put("control_searched_bytes_each", copied.searchedBytes());
    figures.put("control_canary_found_times", (long) copied.canaryPlaces().size());
    return subject().conclude(commands, figures, judge(spliced, copied));
  }

  private static Judgement judge(Scan spliced, Scan copied) {
    if (!spliced.canaryPlaces().isEmpty()) {
      return new Judgement(
          Verdict.BROKEN,
          "The canary is in the relay's memory, at " + spliced.canaryPlaces().getFirst());
    }
    if (copied.canaryPlaces().isEmpty()) {
      return new Judgement(
          Verdict.UNPROVEN, "The search did not find the canary where the relay copies either.");
    }
    if (!spliced.isToldFound()) {
      return new Judgement(
          Verdict.UNPROVEN, "The searches did not find the info_hash, which this relay was told.");
    }
    return new Judgement(
        Verdict.HELD,
        "Not found; the same searches found the info_hash, and the canary where the relay"
            + " copies.");
  }

  private Scan scan(
      String dataPath, List<String> commands, SequencedMap<String, Object> figures, String relayed)
      throws IOException, InterruptedException {
    List<String> options = RelayOptions.of(mode, dataPath, settings.transport());
    try (RelayRun relay = RelayRun.start(settings.program(), List.of(), options)) {
      commands.add(relay.commandLine());
      figures.putIfAbsent("transport", relay.transport());
      InfoHash infoHash = CanaryPair.randomInfoHash();
      Scan scan = new Scan(canary, infoHash);
      try (CanaryPair pair = CanaryPair.open(relay, mode, infoHash, canary)) {
        CanaryFlow toBroker = pair.startToBroker(settings.leastBytes());
        CanaryFlow toBridge = pair.startToBridge(settings.leastBytes());
        scan.run(relay);
        figures.put(relayed, pair.greetingBytes() + toBroker.finish() + toBridge.finish());
        scanUnlessFound(scan, relay);
      }
      scanUnlessFound(scan, relay);
      return scan;
    }
  }

  private static void scanUnlessFound(Scan scan, RelayRun relay) throws IOException {
    if (scan.canaryPlaces().isEmpty()) {
      scan.run(relay);
    }
  }
}
