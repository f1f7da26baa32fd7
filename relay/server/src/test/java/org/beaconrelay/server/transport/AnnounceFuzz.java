package org.beaconrelay.server.transport;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.AnnounceCheck;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.AnnounceModel;
import org.beaconrelay.testing.Choices;
import org.jspecify.annotations.Nullable;

/// What a stranger sends in the place of an announce, in whatever pieces, is read as the protocol's
/// table says.
///
/// Input: whether there is outer TLS, why the link is turned away in any case if it is, and what
/// [InPieces] takes.
public final class AnnounceFuzz {
  private AnnounceFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Choices choices = new Choices(input);
    boolean outerTls = choices.applyAsInt(2) == 1;
    RejectReason refusal = RejectReason.ofCode(choices.applyAsInt(32));
    InPieces stream = new InPieces(choices);
    AnnounceReader reader = new AnnounceReader(outerTls, refusal);

    AnnounceCheck check = new AnnounceCheck.Incomplete();
    while (check instanceof AnnounceCheck.Incomplete && stream.comes()) {
      check = Objects.requireNonNull(reader.read(stream));
    }
    if (check instanceof AnnounceCheck.Incomplete) { // of nothing at all, there is no piece
      check = Objects.requireNonNull(reader.read(stream));
    }

    int length = Math.min(Announce.LENGTH, stream.bytes().length);
    AnnounceCheck model = AnnounceModel.judge(stream.bytes(), length, outerTls);
    require(check.equals(expected(model, refusal, stream.ends())), check);
    require(stream.taken() <= Announce.LENGTH, "takes " + stream.taken());
    require(reader.isEmpty() == (stream.taken() == 0), "empty");
    if (model instanceof AnnounceCheck.Complete(Announce announce)) {
      require(Arrays.equals(announce.toBytes(), Arrays.copyOf(stream.bytes(), length)), announce);
    }
  }

  private static AnnounceCheck expected(
      AnnounceCheck model, @Nullable RejectReason refusal, boolean ends) {
    if (model instanceof AnnounceCheck.Incomplete) {
      return ends ? new AnnounceCheck.Refused(RejectReason.MALFORMED) : model;
    }
    return refusal == null ? model : new AnnounceCheck.Refused(refusal);
  }

  private static void require(boolean holds, Object instead) {
    if (!holds) {
      throw new AssertionError("not as the protocol says: " + instead);
    }
  }

  /// Of a bridge, in one piece; of a broker that asks for everything, byte by byte.
  public static List<byte[]> seeds() {
    InfoHash infoHash = new InfoHash(1, 2, 3, 4);
    byte[] bridge = Announce.of(Role.BRIDGE, infoHash).toBytes();
    byte[] broker = new Announce(Role.BROKER, true, true, true, infoHash, 60_000).toBytes();
    return List.of(Seeds.join(new byte[5], bridge), Seeds.join(new byte[] {1, 0, 1, 1, 1}, broker));
  }
}
