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
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.util.IPAddress;

/// A relay's certificate that nobody has issued: it lives in memory, a new one at each start, and
/// endpoints pin its hash.
public final class SelfSigned {
  /// It ends with the process.
  public static final Duration LIFETIME = Duration.ofDays(3650);

  /// RFC 1123, section 2.1; `*` stands for nothing here.
  private static final String HOST_NAME =
      "(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
          + "(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*";

  private SelfSigned() {}

  /// Makes a key and a certificate.
  ///
  /// @param name its common name, 1 to 64 characters
  /// @param hosts names and addresses (without brackets) that the relay is dialled by; may be none
  /// @throws PkiException if one of them is none
  public static KeyedCertificate make(String name, List<String> hosts, InstantSource clock)
      throws PkiException {
    KeyPair keys = CertificateMaker.newKeys();
    X500Name subject = CertificateMaker.commonName(name);
    GeneralName[] alternatives = new GeneralName[hosts.size()];
    for (int i = 0; i < alternatives.length; i++) {
      alternatives[i] = toGeneralName(hosts.get(i));
    }
    Instant now = clock.instant();
    X509Certificate certificate =
        CertificateMaker.make(
            subject,
            keys,
            subject,
            keys.getPrivate(),
            now,
            now.plus(LIFETIME),
            builder -> {
              builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
              builder.addExtension(
                  Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
              builder.addExtension(
                  Extension.extendedKeyUsage,
                  false,
                  new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
              if (alternatives.length > 0) {
                builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(alternatives));
              }
            });
    return new KeyedCertificate(keys.getPrivate(), List.of(certificate));
  }

  private static GeneralName toGeneralName(String host) throws PkiException {
    if (IPAddress.isValid(host)) {
      return new GeneralName(GeneralName.iPAddress, host);
    }
    if (!host.matches(HOST_NAME)) {
      throw new PkiException("not the name or address of a host");
    }
    return new GeneralName(GeneralName.dNSName, host);
  }
}
