package org.beaconrelay.app.log;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Names that stand for something without telling what: the same thing has the same name for a day
/// (UTC), and another one the next.
///
/// HMAC-SHA-256 with a random key that is held in memory alone, and replaced at midnight. Without
/// it nobody can try all addresses to find which one a name stands for, this relay included.
///
/// **Thread:** one at a time.
final class Pseudonyms {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int KEY_BYTES = 32;
  private static final int NAME_BYTES = 8;
  private static final long DAY_MS = Duration.ofDays(1).toMillis();

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();
  private final Mac mac;
  private long day;

  Pseudonyms(InstantSource clock) {
    this.clock = clock;
    try {
      mac = Mac.getInstance(ALGORITHM);
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has HMAC-SHA-256", e);
    }
    renew(today());
  }

  /// Today's name of `thing`, 16 hex digits.
  String of(byte[] thing) {
    turn();
    return HexFormat.of().formatHex(mac.doFinal(thing), 0, NAME_BYTES);
  }

  /// Forgets yesterday's key, if that is over. To be called now and then, whether names are asked
  /// for or not.
  void turn() {
    long today = today();
    if (today != day) {
      renew(today);
    }
  }

  private long today() {
    return Math.floorDiv(clock.millis(), DAY_MS);
  }

  private void renew(long today) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    try {
      mac.init(new SecretKeySpec(key, ALGORITHM));
    } catch (GeneralSecurityException e) {
      throw new AssertionError("HMAC takes keys of any length", e);
    }
    day = today;
  }
}
