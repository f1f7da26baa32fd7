package org.beaconrelay.testing;

import java.util.concurrent.ThreadLocalRandom;
import org.beaconrelay.protocol.InfoHash;

/// Info hashes for tests.
public final class InfoHashes {
  private InfoHashes() {}

  /// One that nobody else has.
  public static InfoHash random() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new InfoHash(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }
}
