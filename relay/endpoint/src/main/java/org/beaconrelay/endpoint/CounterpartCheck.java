package org.beaconrelay.endpoint;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.beaconrelay.protocol.Role;

/// Trusts a counterpart whose certificate the bridge CA has issued for its role, and says in words
/// why it does not trust another: a relay that stands in the middle has no such certificate
/// (TRUST-MODEL.md, rule 9).
///
/// **Thread:** any.
final class CounterpartCheck extends X509ExtendedTrustManager {
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
    String fault = CertificateRule.fault(chain[0], bridgeCa, expected, clock.instant());
    if (fault != null) {
      throw new CertificateException("the other end's certificate " + fault);
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

  /// None: JSSE would not show a certificate of another CA at all, and nobody could say what is
  /// wrong with it.
  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
