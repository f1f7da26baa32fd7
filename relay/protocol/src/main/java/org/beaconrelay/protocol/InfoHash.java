package org.beaconrelay.protocol;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;

/// The rendezvous point of a bridge and its brokers: SHA-256 of the bridge CA certificate (DER).
///
/// Four longs, big-endian, rather than an array: a relay keeps one for every waiting link, and two
/// are compared on every pairing.
///
/// **Thread:** immutable.
public record InfoHash(long word0, long word1, long word2, long word3) {
  /// Length on the wire.
  public static final int LENGTH = 32;

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /// Reads the 32 bytes of `source` that begin at `offset`.
  ///
  /// @throws IndexOutOfBoundsException if they are not all there
  public static InfoHash read(byte[] source, int offset) {
    return new InfoHash(
        (long) LONG.get(source, offset),
        (long) LONG.get(source, offset + 8),
        (long) LONG.get(source, offset + 16),
        (long) LONG.get(source, offset + 24));
  }

  /// Writes the 32 bytes to `target` from `offset` on.
  ///
  /// @throws IndexOutOfBoundsException if there is no room for all of them
  public void write(byte[] target, int offset) {
    LONG.set(target, offset, word0);
    LONG.set(target, offset + 8, word1);
    LONG.set(target, offset + 16, word2);
    LONG.set(target, offset + 24, word3);
  }

  /// The info_hash of a bridge CA certificate.
  ///
  /// @throws CertificateEncodingException if the certificate has no DER form
  public static InfoHash of(X509Certificate bridgeCa) throws CertificateEncodingException {
    return ofDer(bridgeCa.getEncoded());
  }

  /// The info_hash of what may be a bridge CA certificate.
  public static InfoHash ofDer(byte[] bridgeCa) {
    try {
      return read(MessageDigest.getInstance("SHA-256").digest(bridgeCa), 0);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /// 64 lower-case hex digits, as `beacon info-hash` prints them.
  public String toHex() {
    byte[] bytes = new byte[LENGTH];
    write(bytes, 0);
    return HexFormat.of().formatHex(bytes);
  }

  /// Parses 64 hex digits of either case.
  ///
  /// @throws IllegalArgumentException if `hex` is anything else
  public static InfoHash ofHex(String hex) {
    if (hex.length() != 2 * LENGTH) {
      throw new IllegalArgumentException("an info_hash has 64 hex digits, not " + hex.length());
    }
    return read(HexFormat.of().parseHex(hex), 0);
  }

  /// Hides the value, so that no log line or message shows it by accident: [#toHex] is the way to
  /// ask for it (TRUST-MODEL.md, rule 5).
  @Override
  public String toString() {
    return "InfoHash[hidden]";
  }
}
