package org.beaconrelay.endpoint.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPairGenerator;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OwnKeyManagerTest {
  private KeyedCertificate own;
  private OwnKeyManager keys;

  @BeforeEach
  void setUp() throws PkiException {
    own = SelfSigned.make("relay", List.of(), InstantSource.system());
    keys = new OwnKeyManager(own.key(), own.chain());
  }

  private String alias() {
    return Objects.requireNonNull(keys.chooseEngineServerAlias("EC", null, null));
  }

  @Test
  void givesItsKeyAndItsCertificate() {
    String alias = alias();
    assertThat(keys.getPrivateKey(alias)).isSameAs(own.key());
    assertThat(keys.getCertificateChain(alias))
        .containsExactly(own.chain().toArray(X509Certificate[]::new));
  }

  @Test
  void isTheSameForServersAndClientsEnginesAndSockets() {
    String alias = alias();
    assertThat(keys.chooseEngineClientAlias(new String[] {"RSA", "EC"}, null, null))
        .isEqualTo(alias);
    assertThat(keys.chooseServerAlias("EC", null, null)).isEqualTo(alias);
    assertThat(keys.chooseClientAlias(new String[] {"RSA", "EC"}, null, null)).isEqualTo(alias);
    assertThat(keys.getServerAliases("EC", null)).containsExactly(alias);
    assertThat(keys.getClientAliases("EC", null)).containsExactly(alias);
  }

  /// Keys by the names of their generators, and as JSSE asks for them.
  @ParameterizedTest
  @CsvSource({"EC,EC", "RSA,RSA", "Ed25519,EdDSA"})
  void isForWhoTakesSuchKeys(String algorithm, String keyType) throws Exception {
    PrivateKey key = KeyPairGenerator.getInstance(algorithm).generateKeyPair().getPrivate();
    OwnKeyManager others = new OwnKeyManager(key, own.chain());
    assertThat(others.chooseEngineServerAlias(keyType, null, null)).isNotNull();
    assertThat(others.chooseEngineServerAlias("DSA", null, null)).isNull();
    assertThat(others.chooseEngineClientAlias(new String[] {"DSA"}, null, null)).isNull();
    assertThat(others.getServerAliases("DSA", null)).isNull();
  }

  /// Else a counterpart that names other issuers would hear of no certificate, and not why it has
  /// not taken this one.
  @Test
  void doesNotAskWhoseCertificatesAreTaken() {
    Principal[] issuers = {new X500Principal("CN=another")};
    assertThat(keys.chooseEngineClientAlias(new String[] {"EC"}, issuers, null)).isNotNull();
  }

  @Test
  void knowsNoOtherAlias() {
    assertThat(keys.getPrivateKey("another")).isNull();
    assertThat(keys.getCertificateChain("another")).isNull();
  }
}
