package org.beaconrelay.app.admin;

import java.util.function.Supplier;
import org.beaconrelay.server.RelaySettings;
import org.jspecify.annotations.Nullable;

/// What an admin port has to know of its relay, beside the relay itself.
///
/// @param version of the program
/// @param commit it was built from
/// @param buildSha256 of its jar
/// @param settings what it was started with
/// @param openFiles descriptors that its process may have
/// @param tls how the outer TLS is called: `off`, `self-signed`, `certificate`
/// @param certificateSha256 of the certificate in use, 64 hex digits; null where there is none
/// @param log what is logged of links
public record RelayFacts(
    String version,
    String commit,
    Supplier<String> buildSha256,
    RelaySettings settings,
    int openFiles,
    String tls,
    Supplier<@Nullable String> certificateSha256,
    LogFacts log) {
  /// Pipes that may exist at once: of each kind so many.
  int maxPipes() {
    return settings.engine().maxPipes() * kindsOfPipes();
  }

  /// What they may hold together.
  long pipeBudgetBytes() {
    return settings.engine().pipeBudgetBytes() * kindsOfPipes();
  }

  private int kindsOfPipes() {
    return settings.listen().tunnel() ? 2 : 1;
  }
}
