package org.beaconrelay.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.AnnounceCheck;
import org.beaconrelay.protocol.AnnounceCheck.Complete;
import org.beaconrelay.protocol.AnnounceCheck.Incomplete;
import org.beaconrelay.protocol.AnnounceCheck.Refused;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.AnnounceModel;
import org.junit.jupiter.api.Test;

class AnnouncePropertyTest {
  private static final int ROUNDS = 100_000;

  private final long seed = Long.getLong("beacon.seed", ThreadLocalRandom.current().nextLong());
  private final Random random = new Random(seed);

  @Test
  void everyAnnounceComesBackFromItsBytes() {
    for (int round = 0; round < ROUNDS; round++) {
      Announce announce = randomAnnounce();
      byte[] bytes = announce.toBytes();

      assertThat(bytes).as("-Dbeacon.seed=%d", seed).hasSize(48);
      assertThat(AnnounceCheck.of(bytes, 48, true))
          .as("-Dbeacon.seed=%d", seed)
          .isEqualTo(new Complete(announce));
      assertThat(AnnounceCheck.of(bytes, random.nextInt(48), true))
          .as("-Dbeacon.seed=%d", seed)
          .isEqualTo(new Incomplete());
    }
  }

  @Test
  void nonsenseIsJudgedAsTheTableSays() {
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = new byte[48 + random.nextInt(16)];
      random.nextBytes(bytes);
      assertJudgedAsTheTableSays(bytes, random.nextInt(49), random.nextBoolean());
    }
  }

  /// Nonsense seldom gets past the magic; a good announce with a few wrong bytes does.
  @Test
  void aDamagedAnnounceIsJudgedAsTheTableSays() {
    Set<RejectReason> seen = EnumSet.noneOf(RejectReason.class);
    int complete = 0;
    for (int round = 0; round < ROUNDS; round++) {
      byte[] bytes = randomAnnounce().toBytes();
      for (int damage = random.nextInt(4); damage > 0; damage--) {
        // Half of it in the header, which is where most of the rules are.
        int offset = random.nextBoolean() ? random.nextInt(8) : random.nextInt(48);
        bytes[offset] = (byte) (random.nextBoolean() ? random.nextInt(256) : random.nextInt(64));
      }
      int length = random.nextBoolean() ? 48 : random.nextInt(49);
      switch (assertJudgedAsTheTableSays(bytes, length, random.nextBoolean())) {
        case Refused(RejectReason reason) -> seen.add(reason);
        case Complete _ -> complete++;
        case Incomplete _ -> {}
      }
    }

    // Or the damage was not of a kind that shows anything.
    assertThat(complete).isGreaterThan(ROUNDS / 100);
    assertThat(seen)
        .containsExactlyInAnyOrder(
            RejectReason.MALFORMED,
            RejectReason.UNSUPPORTED_VERSION,
            RejectReason.BAD_ROLE,
            RejectReason.BAD_FLAGS);
  }

  private AnnounceCheck assertJudgedAsTheTableSays(byte[] bytes, int length, boolean outerTls) {
    AnnounceCheck check = AnnounceCheck.of(bytes, length, outerTls);
    assertThat(check)
        .as(
            "-Dbeacon.seed=%d: %s, outerTls=%s",
            seed, HexFormat.of().formatHex(bytes, 0, length), outerTls)
        .isEqualTo(AnnounceModel.judge(bytes, length, outerTls));
    return check;
  }

  private Announce randomAnnounce() {
    return new Announce(
        random.nextBoolean() ? Role.BRIDGE : Role.BROKER,
        random.nextBoolean(),
        random.nextBoolean(),
        random.nextBoolean(),
        new InfoHash(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong()),
        // As many small ones as large ones.
        random.nextLong() >>> (32 + random.nextInt(32)));
  }
}
