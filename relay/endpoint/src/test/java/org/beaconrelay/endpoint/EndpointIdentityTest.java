package org.beaconrelay.endpoint;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EndpointIdentityTest {
  private final EndpointIdentity bridge = Identities.make().bridgeIdentity();

  @Test
  void refusesAKeyThatIsOfAnotherKindThanItsCertificate() throws Exception {
    PrivateKey other = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EndpointIdentity(bridge.bridgeCa(), bridge.chain(), other))
        .withMessage("the key cannot be used with this certificate");
  }

  @Test
  void refusesToBeWithoutACertificate() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EndpointIdentity(bridge.bridgeCa(), List.of(), bridge.key()))
        .withMessage("an endpoint needs a certificate of its own");
  }
}
