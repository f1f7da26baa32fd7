package org.beaconrelay.endpoint;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.beaconrelay.endpoint.pki.CertificateAuthority;
import org.beaconrelay.endpoint.pki.KeyedCertificate;
import org.beaconrelay.protocol.Role;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// Certificates that make nobody a bridge or a broker, each for one reason.
enum OddCertificates {
  OTHER_CA("is not issued by this bridge CA itself") {
    @Override
    KeyedCertificate make(CertificateAuthority ca, Role role) {
      Identities other = Identities.make(); // its CA has the same name
      return role == Role.BRIDGE ? other.bridge() : other.broker();
    }
  },
  OTHER_ROLE("is a %s's (") {
    @Override
    KeyedCertificate make(CertificateAuthority ca, Role role) throws Exception {
      return role == Role.BRIDGE
          ? ca.issueBroker("broker", Identities.DAY)
          : ca.issueBridge("bridge", Identities.DAY);
    }
  },
  EXPIRED("expired at 20") {
    @Override
    KeyedCertificate make(CertificateAuthority ca, Role role) throws Exception {
      return issue(ca.own(), Duration.ofDays(-3), false, KeyUsage.digitalSignature, purpose(role));
    }
  },
  NOT_YET_VALID("is not valid before 20") {
    @Override
    KeyedCertificate make(CertificateAuthority ca, Role role) throws Exception {
      return issue(ca.own(), Duration.ofDays(1), false, KeyUsage.digitalSignature, purpose(role));
    }
  },
  NO_EXTENDED_KEY_USAGE("is for neither bridges nor brokers") {
    @Override
    KeyedCertificate make(CertificateAuthority ca, Role role) throws Exception {
      return issue(ca.own(), Duration.ZERO, false, KeyUsage.digitalSignature);
    }
  },
  ANY_EXTENDED_KEY_USAGE("is for neither bridges nor brokers") {
    @Override
    KeyedCertificate make(CertificateAuthority ca, Role role) throws Exception {
      return issue(
          ca.own(),
          Duration.ZERO,
          false,
          KeyUsage.digitalSignature,
          KeyPurposeId.anyExtendedKeyUsage);
    }
  },
  NO_SIGNATURES("may not be used to sign") {
    @Override
    KeyedCertificate make(CertificateAuthority ca, Role role) throws Exception {
      return issue(ca.own(), Duration.ZERO, false, KeyUsage.keyAgreement, purpose(role));
    }
  },
  INTERMEDIATE("is not issued by this bridge CA itself") {
    @Override
    KeyedCertificate make(CertificateAuthority ca, Role role) throws Exception {
      KeyedCertificate between = issue(ca.own(), Duration.ZERO, true, KeyUsage.keyCertSign);
      return issue(between, Duration.ZERO, false, KeyUsage.digitalSignature, purpose(role));
    }
  },
  THE_CA_ITSELF("may not be used to sign") {
    @Override
    KeyedCertificate make(CertificateAuthority ca, Role role) {
      return ca.own();
    }
  };

  private final String fault;

  OddCertificates(String fault) {
    this.fault = fault;
  }

  abstract KeyedCertificate make(CertificateAuthority ca, Role role) throws Exception;

  /// What is said of it where it is shown for this role.
  String fault(Role role) {
    return fault.formatted(role == Role.BRIDGE ? "broker" : "bridge");
  }

  private static KeyPurposeId purpose(Role role) {
    return role == Role.BRIDGE ? KeyPurposeId.id_kp_serverAuth : KeyPurposeId.id_kp_clientAuth;
  }

  /// @param start of its one day, from now
  /// @param isCa whether it may issue others
  private static KeyedCertificate issue(
      KeyedCertificate issuer, Duration start, boolean isCa, int usage, KeyPurposeId... purposes)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair keys = generator.generateKeyPair();
    Instant from = Instant.now().plus(start).minusSeconds(60);
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            X500Name.getInstance(issuer.certificate().getSubjectX500Principal().getEncoded()),
            BigInteger.TWO,
            Date.from(from),
            Date.from(from.plus(Identities.DAY)),
            new X500Name("CN=odd"),
            keys.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(isCa));
    builder.addExtension(Extension.keyUsage, true, new KeyUsage(usage));
    if (purposes.length > 0) {
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(
        new JcaX509CertificateConverter()
            .getCertificate(
                builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.key()))));
    if (!issuer.certificate().getSubjectX500Principal().getName().equals("CN=bridge CA")) {
      chain.addAll(issuer.chain());
    }
    return new KeyedCertificate(keys.getPrivate(), chain);
  }
}
