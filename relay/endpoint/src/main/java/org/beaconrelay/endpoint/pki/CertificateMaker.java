package org.beaconrelay.endpoint.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// What all certificates that are made here have in common: P-256, SHA-256, version 3, a random
/// serial number of 128 bits, and a start a little in the past.
final class CertificateMaker {
  /// Clocks differ.
  static final Duration HEAD_START = Duration.ofHours(1);

  private static final int SERIAL_BITS = 128;
  private static final int MAX_NAME_LENGTH = 64; // RFC 5280, ub-common-name
  private static final SecureRandom RANDOM = new SecureRandom();

  private CertificateMaker() {}

  /// Adds what a certificate of one kind has.
  interface Extensions {
    void addTo(X509v3CertificateBuilder builder) throws IOException, GeneralSecurityException;
  }

  static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new AssertionError("every Java platform has P-256", e);
    }
  }

  /// @throws PkiException if there is no such name
  static X500Name commonName(String name) throws PkiException {
    if (name.isBlank() || name.length() > MAX_NAME_LENGTH) {
      throw new PkiException(
          "a certificate's name has 1 to %d characters".formatted(MAX_NAME_LENGTH));
    }
    return new X500NameBuilder(BCStyle.INSTANCE).addRDN(BCStyle.CN, name).build();
  }

  /// Makes and signs one.
  ///
  /// @param issuerKey an EC key
  static X509Certificate make(
      X500Name subject,
      KeyPair keys,
      X500Name issuer,
      PrivateKey issuerKey,
      Instant now,
      Instant notAfter,
      Extensions extensions) {
    try {
      X509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              issuer,
              new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE),
              Date.from(now.minus(HEAD_START).truncatedTo(ChronoUnit.SECONDS)),
              Date.from(notAfter.truncatedTo(ChronoUnit.SECONDS)),
              subject,
              keys.getPublic());
      extensions.addTo(builder);
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey)));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate could not be made", e);
    }
  }
}
