package org.beaconrelay.endpoint;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.beaconrelay.protocol.Role;

/// Trusts a counterpart whose certificate the bridge CA has issued for its role, and says in words
/// why it does not trust another: a relay that stands in the middle has no such certificate
/// (TRUST-MODEL.md, rule 9).
///
/// The role is what the certificate may be used for, by its extended key usage (RFC 5280, section
/// 4.2.1.12): serverAuth makes a bridge, clientAuth a broker.
///
/// **Thread:** any.
final class CounterpartCheck extends X509ExtendedTrustManager {
  static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
  static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  private final X509Certificate bridgeCa;
  private final Role expected;
  private final InstantSource clock;

  /// @param expected what the counterpart has to be
  CounterpartCheck(X509Certificate bridgeCa, Role expected, InstantSource clock) {
    this.bridgeCa = bridgeCa;
    this.expected = expected;
    this.clock = clock;
  }

  private void check(X509Certificate[] chain) throws CertificateException {
    X509Certificate leaf = chain[0];
    checkIssuer(leaf);
    checkValidity(leaf);
    checkRole(leaf);
    checkPath(leaf);
  }

  private void checkIssuer(X509Certificate leaf) throws CertificateException {
    try {
      leaf.verify(bridgeCa.getPublicKey());
    } catch (GeneralSecurityException e) {
      throw new CertificateException(
          "the other end's certificate is not issued by this bridge CA: somebody else answers for"
              + " it, or the two ends have different CAs",
          e);
    }
  }

  private void checkValidity(X509Certificate leaf) throws CertificateException {
    Instant now = clock.instant();
    Instant notBefore = leaf.getNotBefore().toInstant();
    Instant notAfter = leaf.getNotAfter().toInstant();
    if (now.isAfter(notAfter)) {
      throw new CertificateException(
          "the other end's certificate expired at " + notAfter.truncatedTo(ChronoUnit.SECONDS));
    }
    if (now.isBefore(notBefore)) {
      throw new CertificateException(
          "the other end's certificate is valid from %s on only: compare the clocks"
              .formatted(notBefore.truncatedTo(ChronoUnit.SECONDS)));
    }
  }

  private void checkRole(X509Certificate leaf) throws CertificateException {
    List<String> usages = leaf.getExtendedKeyUsage();
    boolean bridge = usages != null && usages.contains(SERVER_AUTH);
    boolean broker = usages != null && usages.contains(CLIENT_AUTH);
    if (expected == Role.BRIDGE ? !bridge : !broker) {
      throw new CertificateException(
          "the other end's certificate is %s, not %s"
              .formatted(
                  bridge || broker
                      ? nameOf(bridge ? Role.BRIDGE : Role.BROKER)
                      : "for neither bridges nor brokers (no extended key usage)",
                  nameOf(expected)));
    }
  }

  private static String nameOf(Role role) {
    return role == Role.BRIDGE ? "a bridge's (serverAuth)" : "a broker's (clientAuth)";
  }

  /// What is left: names, basic constraints, critical extensions (RFC 5280, section 6).
  private void checkPath(X509Certificate leaf) throws CertificateException {
    try {
      PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(bridgeCa, null)));
      parameters.setRevocationEnabled(false);
      parameters.setDate(Date.from(clock.instant()));
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509").generateCertPath(List.of(leaf)), parameters);
    } catch (GeneralSecurityException e) {
      throw new CertificateException(
          "the other end's certificate does not hold: " + e.getMessage(), e);
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    check(chain);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[] {bridgeCa};
  }
}
