package org.beaconrelay.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.beaconrelay.endpoint.pki.KeyedCertificate;
import org.beaconrelay.protocol.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CertificateRuleTest {
  private static final Identities IDENTITIES = Identities.make();

  private static String faultOf(KeyedCertificate certificate, Role role) {
    return String.valueOf(IDENTITIES.identity(certificate).fault(role, Instant.now()));
  }

  @Test
  void takesWhatTheCaHasIssuedForTheRole() {
    assertThat(IDENTITIES.bridgeIdentity().fault(Role.BRIDGE, Instant.now())).isNull();
    assertThat(IDENTITIES.brokerIdentity().fault(Role.BROKER, Instant.now())).isNull();
  }

  @ParameterizedTest
  @EnumSource
  void saysWhatIsWrongWithOthers(OddCertificates odd) throws Exception {
    for (Role role : Role.values()) {
      assertThat(faultOf(odd.make(IDENTITIES.ca(), role), role)).startsWith(odd.fault(role));
    }
  }
}
