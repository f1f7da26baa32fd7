package org.beaconrelay.server.rendezvous;

import java.security.SecureRandom;
import org.beaconrelay.protocol.InfoHash;

/// SipHash-2-4 under a key that nobody else knows: whoever picks info_hashes or addresses cannot
/// aim them at one shard or at one slot of a table.
///
/// Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF", 2012.
///
/// **Thread:** immutable.
public final class KeyedHash {
  private static final long INIT0 = 0x736f6d6570736575L;
  private static final long INIT1 = 0x646f72616e646f6dL;
  private static final long INIT2 = 0x6c7967656e657261L;
  private static final long INIT3 = 0x7465646279746573L;
  private static final long INFO_HASH_LENGTH_BLOCK = (long) InfoHash.LENGTH << 56;
  private static final long LONG_LENGTH_BLOCK = (long) Long.BYTES << 56;

  private final long key0;
  private final long key1;

  /// @param key0 the first 8 bytes of the key, little-endian
  /// @param key1 the other 8
  public KeyedHash(long key0, long key1) {
    this.key0 = key0;
    this.key1 = key1;
  }

  /// With a key of its own.
  public static KeyedHash random() {
    SecureRandom random = new SecureRandom();
    return new KeyedHash(random.nextLong(), random.nextLong());
  }

  /// 64 bits, all equally good.
  public long of(InfoHash infoHash) {
    Rounds rounds = new Rounds(key0, key1);
    rounds.absorb(Long.reverseBytes(infoHash.word0()));
    rounds.absorb(Long.reverseBytes(infoHash.word1()));
    rounds.absorb(Long.reverseBytes(infoHash.word2()));
    rounds.absorb(Long.reverseBytes(infoHash.word3()));
    rounds.absorb(INFO_HASH_LENGTH_BLOCK);
    return rounds.finish();
  }

  /// The same of 8 bytes, little-endian.
  public long of(long value) {
    Rounds rounds = new Rounds(key0, key1);
    rounds.absorb(value);
    rounds.absorb(LONG_LENGTH_BLOCK);
    return rounds.finish();
  }

  /// The state between two blocks.
  private static final class Rounds {
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    Rounds(long key0, long key1) {
      v0 = INIT0 ^ key0;
      v1 = INIT1 ^ key1;
      v2 = INIT2 ^ key0;
      v3 = INIT3 ^ key1;
    }

    void absorb(long block) {
      v3 ^= block;
      round();
      round();
      v0 ^= block;
    }

    long finish() {
      v2 ^= 0xFF;
      round();
      round();
      round();
      round();
      return v0 ^ v1 ^ v2 ^ v3;
    }

    private void round() {
      v0 += v1;
      v2 += v3;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v1;
      v0 += v3;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 = Long.rotateLeft(v2, 32);
    }
  }
}
