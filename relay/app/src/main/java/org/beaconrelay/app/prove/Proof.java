package org.beaconrelay.app.prove;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/// Tries what a relay promises about the bytes that it passes on: a relay in a process of its own,
/// two endpoints in this one, all on loopback.
public final class Proof {
  /// Of a length that is a power of two, and that nothing else in a process has by chance.
  private static final int CANARY_BYTES = 32;

  /// What is to be proven, and how thoroughly.
  ///
  /// @param program which relay
  /// @param transport its option of that name
  /// @param leastBytes what goes each way through a relay at least
  /// @param countReads whether its calls are counted too, which takes strace
  public record Settings(Program program, String transport, long leastBytes, boolean countReads) {}

  private final Settings settings;
  private final byte[] canary = new byte[CANARY_BYTES];

  public Proof(Settings settings) {
    this.settings = settings;
    new SecureRandom().nextBytes(canary);
  }

  /// What goes through the relay over and over again, and is looked for: 64 hex digits.
  public String canary() {
    return HexFormat.of().formatHex(canary);
  }

  /// Tries everything, one after the other.
  ///
  /// @param each is told of each claim once its verdict is known
  /// @return all of them
  public List<Claim> run(Consumer<Claim> each) throws InterruptedException {
    List<Claim> claims = new ArrayList<>();
    for (Trial trial : trials()) {
      Claim claim = run(trial);
      claims.add(claim);
      each.accept(claim);
    }
    return claims;
  }

  private List<Trial> trials() {
    List<Trial> trials = new ArrayList<>();
    for (LinkMode mode : List.of(LinkMode.PLAIN, LinkMode.EXACT, LinkMode.INEXACT)) {
      trials.add(new MemoryTrial(settings, mode, canary));
    }
    if (settings.countReads()) {
      for (LinkMode mode : List.of(LinkMode.PLAIN, LinkMode.EXACT, LinkMode.INEXACT)) {
        trials.add(new ReadTrial(settings, mode, canary));
      }
    }
    trials.add(new TunnelTrial(settings, canary));
    return trials;
  }

  private static Claim run(Trial trial) throws InterruptedException {
    List<String> commands = new ArrayList<>();
    try {
      return trial.run(commands);
    } catch (IOException e) {
      return Claim.untested(trial.subject(), commands, String.valueOf(e.getMessage()));
    }
  }
}
