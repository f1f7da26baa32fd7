package org.beaconrelay.app.log;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.beaconrelay.protocol.InfoHash;
import org.jspecify.annotations.Nullable;

/// Addresses and info_hashes as the operator wants them written.
///
/// **Thread:** one at a time.
final class LinkText {
  private static final int IPV4_PREFIX_BITS = 24;
  private static final int IPV6_PREFIX_BITS = 48;
  private static final int HASH_DIGITS = 8;

  private final Privacy addressPrivacy;
  private final Privacy hashPrivacy;
  private final Pseudonyms pseudonyms;

  LinkText(Privacy addressPrivacy, Privacy hashPrivacy, Pseudonyms pseudonyms) {
    this.addressPrivacy = addressPrivacy;
    this.hashPrivacy = hashPrivacy;
    this.pseudonyms = pseudonyms;
  }

  /// See [Pseudonyms#turn].
  void turn() {
    pseudonyms.turn();
  }

  /// A port is written only in full: with a network it would single out one host of it, and with a
  /// name every connection of a host would have another.
  @Nullable String of(InetSocketAddress address) {
    return switch (addressPrivacy) {
      case FULL -> NetUtil.toSocketAddressString(address);
      case TRUNCATED -> network(address.getAddress());
      case PSEUDONYM -> pseudonyms.of(address.getAddress().getAddress());
      case NONE -> null;
    };
  }

  private static String network(InetAddress host) {
    int prefixBits = host instanceof Inet6Address ? IPV6_PREFIX_BITS : IPV4_PREFIX_BITS;
    byte[] bytes = host.getAddress();
    Arrays.fill(bytes, prefixBits / Byte.SIZE, bytes.length, (byte) 0);
    try {
      return NetUtil.toAddressString(InetAddress.getByAddress(bytes)) + "/" + prefixBits;
    } catch (UnknownHostException e) {
      throw new AssertionError("4 and 16 bytes are the lengths of addresses", e);
    }
  }

  @Nullable String of(@Nullable InfoHash infoHash) {
    if (infoHash == null) {
      return null;
    }
    return switch (hashPrivacy) {
      case FULL -> infoHash.toHex();
      case TRUNCATED -> infoHash.toHex().substring(0, HASH_DIGITS);
      case PSEUDONYM -> {
        byte[] bytes = new byte[InfoHash.LENGTH];
        infoHash.write(bytes, 0);
        yield pseudonyms.of(bytes);
      }
      case NONE -> null;
    };
  }
}
