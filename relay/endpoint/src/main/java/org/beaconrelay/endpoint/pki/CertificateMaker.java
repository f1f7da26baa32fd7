package org.beaconrelay.endpoint.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// What all certificates that are made here have in common: P-256, SHA-256, version 3, a random
/// serial number of 128 bits, and a start a little in the past.
final class CertificateMaker {
  /// Clocks differ.
  static final Duration HEAD_START = Duration.ofHours(1);

  private static final int FIRST_YEAR_OF_GENERALIZED_TIME = 2050;
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("uuMMddHHmmss'Z'", Locale.ROOT);
  private static final DateTimeFormatter GENERALIZED_TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'", Locale.ROOT);

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
          new X509v3CertificateBuilder(
              issuer,
              new BigInteger(SERIAL_BITS, RANDOM).add(BigInteger.ONE),
              time(now.minus(HEAD_START)),
              time(notAfter),
              subject,
              SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
      extensions.addTo(builder);
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuerKey)));
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new IllegalStateException("a certificate could not be made", e);
    }
  }

  /// RFC 5280, section 4.1.2.5. By way of its encoded form, because for a date or a text the
  /// library loads the calendars of all the world.
  private static Time time(Instant instant) throws IOException {
    OffsetDateTime utc = instant.atOffset(ZoneOffset.UTC);
    boolean twoDigits = utc.getYear() < FIRST_YEAR_OF_GENERALIZED_TIME;
    byte[] text =
        (twoDigits ? UTC_TIME : GENERALIZED_TIME).format(utc).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer encoded = ByteBuffer.allocate(2 + text.length);
    encoded.put((byte) (twoDigits ? BERTags.UTC_TIME : BERTags.GENERALIZED_TIME));
    encoded.put((byte) text.length).put(text);
    return Time.getInstance(ASN1Primitive.fromByteArray(encoded.array()));
  }
}
