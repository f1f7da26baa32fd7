package org.beaconrelay.endpoint.pki;

import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;

/// A bridge CA: issues the certificates by which a bridge and its brokers know each other, and
/// nothing else; the hash of its own certificate is the info_hash.
///
/// **Thread:** any.
public final class CertificateAuthority {
  private final KeyedCertificate own;
  private final InstantSource clock;

  private CertificateAuthority(KeyedCertificate own, InstantSource clock) {
    this.own = own;
    this.clock = clock;
  }

  /// Makes a new CA, with a key of its own.
  ///
  /// @param name its common name, 1 to 64 characters
  /// @throws PkiException if there is no such name
  public static CertificateAuthority create(String name, InstantSource clock) throws PkiException {
    KeyPair keys = CertificateMaker.newKeys();
    X500Name subject = CertificateMaker.commonName(name);
    Instant now = clock.instant();
    X509Certificate certificate =
        CertificateMaker.make(
            subject,
            keys,
            subject,
            keys.getPrivate(),
            now,
            now.plus(CertificateLifetimes.AUTHORITY),
            builder -> {
              builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
              builder.addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
              builder.addExtension(
                  Extension.subjectKeyIdentifier,
                  false,
                  new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            });
    return new CertificateAuthority(
        new KeyedCertificate(keys.getPrivate(), List.of(certificate)), clock);
  }

  /// Its own certificate and key.
  public KeyedCertificate own() {
    return own;
  }

  /// Makes a key and a certificate for a bridge: extended key usage serverAuth.
  ///
  /// @param name its common name, 1 to 64 characters
  /// @param lifetime from now on, more than 0; it ends with the CA at the latest
  /// @throws PkiException if there is no such name
  public KeyedCertificate issueBridge(String name, Duration lifetime) throws PkiException {
    return issue(name, KeyPurposeId.id_kp_serverAuth, lifetime);
  }

  /// Makes a key and a certificate for a broker: extended key usage clientAuth.
  ///
  /// @param name its common name, 1 to 64 characters
  /// @param lifetime from now on, more than 0; it ends with the CA at the latest
  /// @throws PkiException if there is no such name
  public KeyedCertificate issueBroker(String name, Duration lifetime) throws PkiException {
    return issue(name, KeyPurposeId.id_kp_clientAuth, lifetime);
  }

  private KeyedCertificate issue(String name, KeyPurposeId purpose, Duration lifetime)
      throws PkiException {
    KeyPair keys = CertificateMaker.newKeys();
    X509Certificate ca = own.certificate();
    Instant now = clock.instant();
    Instant wanted = now.plus(lifetime);
    Instant last = ca.getNotAfter().toInstant();
    X509Certificate certificate =
        CertificateMaker.make(
            CertificateMaker.commonName(name),
            keys,
            X500Name.getInstance(ca.getSubjectX500Principal().getEncoded()),
            own.key(),
            now,
            wanted.isBefore(last) ? wanted : last,
            builder -> {
              JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
              builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
              builder.addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
              builder.addExtension(
                  Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purpose));
              builder.addExtension(
                  Extension.subjectKeyIdentifier,
                  false,
                  identifiers.createSubjectKeyIdentifier(keys.getPublic()));
              builder.addExtension(
                  Extension.authorityKeyIdentifier,
                  false,
                  identifiers.createAuthorityKeyIdentifier(ca.getPublicKey()));
            });
    return new KeyedCertificate(keys.getPrivate(), List.of(certificate));
  }
}
