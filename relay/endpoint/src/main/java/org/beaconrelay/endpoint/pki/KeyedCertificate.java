package org.beaconrelay.endpoint.pki;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// A certificate and the private key that belongs to it.
///
/// **Thread:** immutable.
///
/// @param key EC, RSA or Ed25519; that of the certificate, which [#of] finds out where it is not
///   known
/// @param chain the certificate itself first, each issued by the next
public record KeyedCertificate(PrivateKey key, List<X509Certificate> chain) {

  /// Takes what was made together. Nothing is tried: a relay that makes its own certificate would
  /// spend more time on that than on the certificate.
  ///
  /// @throws IllegalArgumentException if there is no certificate
  public KeyedCertificate {
    chain = List.copyOf(chain);
    if (chain.isEmpty()) {
      throw new IllegalArgumentException("a key without a certificate");
    }
  }

  /// Puts together what has come from two files.
  ///
  /// @throws PkiException if it does not belong together
  public static KeyedCertificate of(PrivateKey key, List<X509Certificate> chain)
      throws PkiException {
    KeyedCertificate together = new KeyedCertificate(key, chain);
    if (!isOf(key, together.certificate().getPublicKey())) {
      throw new PkiException(
          "is not the private key of the certificate; give the key that the certificate was"
              + " requested with (the certificate itself comes first in its file)");
    }
    return together;
  }

  /// By trying: the halves of a pair have no better way to tell.
  private static boolean isOf(PrivateKey privateKey, PublicKey publicKey) {
    String algorithm =
        switch (privateKey.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          case String other -> other;
        };
    byte[] message = "whatever is signed".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signature = Signature.getInstance(algorithm);
      signature.initSign(privateKey);
      signature.update(message);
      byte[] signed = signature.sign();
      signature.initVerify(publicKey);
      signature.update(message);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // halves of different kinds
    }
  }

  /// The certificate itself.
  public X509Certificate certificate() {
    return chain.getFirst();
  }

  /// What a TLS 1.3 server that shows this certificate needs.
  ///
  /// @throws GeneralSecurityException if TLS cannot use it
  public SSLContext serverContext() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLSv1.3");
    // Trust in nobody, since nobody is asked for a certificate; with null the JDK would read all of
    // its authorities.
    context.init(new KeyManager[] {new OwnKeyManager(key, chain)}, new TrustManager[0], null);
    return context;
  }

  /// The certificate itself as a PEM file has it.
  public String certificatePem() {
    try {
      return PemBlock.text(PemBlock.CERTIFICATE, certificate().getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("a certificate without a DER form", e);
    }
  }

  /// The key as a PEM file has it: PKCS#8, not encrypted.
  public String keyPem() {
    return PemBlock.text("PRIVATE KEY", key.getEncoded());
  }

  /// Hides the key.
  @Override
  public String toString() {
    return "KeyedCertificate[hidden]";
  }
}
