package org.beaconrelay.app.prove;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.jspecify.annotations.Nullable;

/// The exception of TRUST-MODEL.md, rule 7: with TUNNEL bytes do pass through the relay's memory.
/// Nobody but its operator can bring that about.
final class TunnelTrial implements Trial {
  private final Proof.Settings settings;
  private final byte[] canary;

  TunnelTrial(Proof.Settings settings, byte[] canary) {
    this.settings = settings;
    this.canary = canary;
  }

  @Override
  public Claim.Subject subject() {
    return new Claim.Subject(
        "tunnel-off",
        "The one mode in which what is passed on goes through the relay's memory, TUNNEL, is off"
            + " unless the relay's operator turns it on.",
        "A link asks for TUNNEL at a relay with default settings, and is to be refused. Then the"
            + " canary goes through a relay with --tunnel on, and is looked for as before: in this"
            + " mode it is to be found. What passes there are the bytes of the end-to-end TLS"
            + " between bridge and broker, still encrypted: the relay has no key of it.");
  }

  @Override
  public Claim run(List<String> commands) throws IOException, InterruptedException {
    SequencedMap<String, Object> figures = new LinkedHashMap<>();
    RejectReason refused = askForTunnel(commands);
    figures.put("answer_by_default", refused == null ? "not refused" : refused.name());
    Scan scan = scan(commands, figures);
    figures.put("with_tunnel_on_canary_found_times", (long) scan.canaryPlaces().size());
    return subject().conclude(commands, figures, judge(refused, scan));
  }

  private static Judgement judge(@Nullable RejectReason refused, Scan scan) {
    if (refused != RejectReason.TUNNEL_UNSUPPORTED) {
      return new Judgement(Verdict.BROKEN, "A relay with default settings did not refuse TUNNEL.");
    }
    return scan.canaryPlaces().isEmpty()
        ? new Judgement(
            Verdict.UNPROVEN,
            "The search did not find the canary where it passes through the relay's memory.")
        : new Judgement(
            Verdict.HELD,
            "Refused by default. With --tunnel on what is passed on is in the relay's memory.");
  }

  private @Nullable RejectReason askForTunnel(List<String> commands)
      throws IOException, InterruptedException {
    List<String> options = RelayOptions.of(LinkMode.EXACT, "splice", settings.transport());
    try (RelayRun relay = RelayRun.start(settings.program(), List.of(), options)) {
      commands.add(relay.commandLine());
      InfoHash infoHash = CanaryPair.randomInfoHash();
      try (CanaryLink link =
          CanaryLink.announce(relay, LinkMode.TUNNEL, Role.BRIDGE, infoHash, new byte[0])) {
        return link.awaitAnswer();
      }
    }
  }

  private Scan scan(List<String> commands, SequencedMap<String, Object> figures)
      throws IOException, InterruptedException {
    List<String> options = RelayOptions.of(LinkMode.TUNNEL, "splice", settings.transport());
    try (RelayRun relay = RelayRun.start(settings.program(), List.of(), options)) {
      commands.add(relay.commandLine());
      InfoHash infoHash = CanaryPair.randomInfoHash();
      Scan scan = new Scan(canary, infoHash);
      try (CanaryPair pair = CanaryPair.open(relay, LinkMode.TUNNEL, infoHash, canary)) {
        CanaryFlow toBroker = pair.startToBroker(0);
        CanaryFlow toBridge = pair.startToBridge(0);
        scan.run(relay);
        figures.put(
            "with_tunnel_on_relayed_bytes",
            pair.greetingBytes() + toBroker.finish() + toBridge.finish());
      }
      return scan;
    }
  }
}
