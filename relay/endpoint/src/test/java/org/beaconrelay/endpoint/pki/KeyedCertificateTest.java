package org.beaconrelay.endpoint.pki;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyedCertificateTest {
  private static KeyedCertificate made() throws PkiException {
    return SelfSigned.make("relay", List.of(), InstantSource.system());
  }

  @ParameterizedTest
  @ValueSource(strings = {"EC", "RSA", "Ed25519"})
  void refusesTheKeyOfAnother(String algorithm) throws Exception {
    PrivateKey other = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
    assertThatThrownBy(() -> KeyedCertificate.of(other, made().chain()))
        .isInstanceOf(PkiException.class)
        .hasMessageStartingWith("is not the private key of the certificate; ");
  }

  @Test
  void refusesAKeyWithoutACertificate() throws PkiException {
    PrivateKey key = made().key();
    assertThatIllegalArgumentException().isThrownBy(() -> new KeyedCertificate(key, List.of()));
  }

  @Test
  void hidesItsKey() throws PkiException {
    assertThat(made()).hasToString("KeyedCertificate[hidden]");
  }
}
