package org.beaconrelay.testing;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.IntPredicate;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.AnnounceCheck;
import org.beaconrelay.protocol.AnnounceCheck.Complete;
import org.beaconrelay.protocol.AnnounceCheck.Incomplete;
import org.beaconrelay.protocol.AnnounceCheck.Refused;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;

/// The protocol's table of an announce once more, as a list of rules, and a reader that knows
/// nothing of the one under test. No sharing of constants, or a wrong one would be wrong on both
/// sides.
public final class AnnounceModel {
  /// Bytes `from` to `to` of an announce, the values they may have, and what else they are told.
  private record Rule(int from, int to, IntPredicate right, RejectReason otherwise) {}

  private AnnounceModel() {}

  /// What the first `length` of `bytes` amount to, as [AnnounceCheck#of].
  public static AnnounceCheck judge(byte[] bytes, int length, boolean outerTls) {
    for (Rule rule : table(outerTls)) {
      for (int offset = rule.from(); offset <= rule.to() && offset < length; offset++) {
        if (!rule.right().test(Byte.toUnsignedInt(bytes[offset]))) {
          return new Refused(rule.otherwise());
        }
      }
    }
    return length < 48 ? new Incomplete() : new Complete(decoded(ByteBuffer.wrap(bytes)));
  }

  private static List<Rule> table(boolean outerTls) {
    return List.of(
        new Rule(0, 0, value -> value == 'B', RejectReason.MALFORMED),
        new Rule(1, 1, value -> value == 'C', RejectReason.MALFORMED),
        new Rule(2, 2, value -> value == 'N', RejectReason.MALFORMED),
        new Rule(3, 3, value -> "0123456789".indexOf(value) >= 0, RejectReason.MALFORMED),
        new Rule(3, 3, value -> value == '1', RejectReason.UNSUPPORTED_VERSION),
        new Rule(4, 4, value -> value == 1, RejectReason.MALFORMED),
        new Rule(5, 5, value -> value == 1 || value == 2, RejectReason.BAD_ROLE),
        new Rule(6, 6, value -> value == 0, RejectReason.BAD_FLAGS),
        new Rule(7, 7, value -> value < 8, RejectReason.BAD_FLAGS),
        new Rule(7, 7, value -> outerTls || value % 4 < 2, RejectReason.BAD_FLAGS),
        new Rule(44, 47, value -> value == 0, RejectReason.MALFORMED));
  }

  private static Announce decoded(ByteBuffer wire) {
    return new Announce(
        wire.get(5) == 1 ? Role.BRIDGE : Role.BROKER,
        wire.get(7) % 2 == 1,
        wire.get(7) / 2 % 2 == 1,
        wire.get(7) / 4 == 1,
        new InfoHash(wire.getLong(8), wire.getLong(16), wire.getLong(24), wire.getLong(32)),
        wire.getLong(40) >>> 32);
  }
}
