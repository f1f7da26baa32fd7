package org.beaconrelay.app.admin;

/// What a relay never sees: the second table of the trust model.
public enum HiddenData {
  SECRETS("secret content, secret-store paths, which secret was asked for"),
  WORKLOADS("pod names, namespaces, cluster identifiers"),
  TOKENS("service-account tokens, JWTs"),
  PLAINTEXT("any plaintext above TLS"),
  UNSEAL_KEYS("unseal or root keys"),
  SESSION_KEYS("end-to-end session keys"),
  PRIVATE_KEYS("any private key of bridge or broker");

  private final String text;

  HiddenData(String text) {
    this.text = text;
  }

  /// What it is.
  public String text() {
    return text;
  }
}
