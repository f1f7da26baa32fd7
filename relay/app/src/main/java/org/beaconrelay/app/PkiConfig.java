package org.beaconrelay.app;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.beaconrelay.endpoint.pki.CertificateLifetimes;
import org.beaconrelay.endpoint.pki.PkiException;
import org.jspecify.annotations.Nullable;

/// The configuration of `beacon pki`.
///
/// @param out where the files go
/// @param lifetime of the certificates of bridge and broker, whole days
record PkiConfig(Path out, Duration lifetime, Map<Option, Setting> given, boolean checkOnly)
    implements Config {
  /// Understands all that was given.
  ///
  /// @return null if there are problems, be they old ones
  static @Nullable PkiConfig parse(Given given) {
    Path out = given.value(PkiOption.OUT, FilePaths::parse, Path.of("."));
    int most = (int) CertificateLifetimes.AUTHORITY.toDays();
    int days =
        given.value(
            PkiOption.DAYS,
            text -> Numbers.parse(text, 1, most),
            (int) CertificateLifetimes.LEAF.toDays());
    boolean checkOnly = given.checkOnly();
    return given.problems().isEmpty()
        ? new PkiConfig(out, Duration.ofDays(days), given.settings(), checkOnly)
        : null;
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  @Override
  public String describe() {
    return new ConfigLine(given).add(PkiOption.values(), Set.of(), this::value).end();
  }

  private String value(PkiOption option) {
    return switch (option) {
      case OUT -> out.toString();
      case DAYS -> String.valueOf(lifetime.toDays());
    };
  }

  @Override
  public int start(Terminal terminal) {
    try {
      return PkiFiles.make(out, lifetime, terminal);
    } catch (IOException e) {
      terminal.complain("%s: nothing was made: %s".formatted(out, IoProblems.text(e)));
    } catch (PkiException e) {
      terminal.complain(e.problem());
    }
    return ExitCode.FAILURE;
  }
}
