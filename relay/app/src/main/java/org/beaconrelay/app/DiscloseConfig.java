package org.beaconrelay.app;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.beaconrelay.endpoint.HostPort;
import org.jspecify.annotations.Nullable;

/// The configuration of `beacon disclose`.
///
/// @param admin where to ask
/// @param json whether the answer is passed on as it is
/// @param explain whether to ask for the tables of the trust model instead
record DiscloseConfig(
    HostPort admin, boolean json, boolean explain, Map<Option, Setting> given, boolean checkOnly)
    implements Config {
  private static final HostPort DEFAULT =
      new HostPort(
          AdminAddresses.DEFAULT.getAddress().getHostAddress(), AdminAddresses.DEFAULT.getPort());

  /// Understands all that was given.
  ///
  /// @return null if there are problems, be they old ones
  static @Nullable DiscloseConfig parse(Given given) {
    HostPort admin = given.value(DiscloseOption.ADMIN, HostPorts::parse, DEFAULT);
    boolean json = given.isOn(DiscloseOption.JSON);
    boolean explain = given.isOn(DiscloseOption.EXPLAIN);
    if (json && explain) {
      given.refuse(DiscloseOption.JSON, "goes without --explain: give either the one or the other");
    }
    boolean checkOnly = given.checkOnly();
    return given.problems().isEmpty()
        ? new DiscloseConfig(admin, json, explain, given.settings(), checkOnly)
        : null;
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  @Override
  public String describe() {
    return new ConfigLine(given).add(DiscloseOption.values(), Set.of(), this::value).end();
  }

  private String value(DiscloseOption option) {
    return switch (option) {
      case ADMIN -> admin.toString();
      case JSON -> String.valueOf(json);
      case EXPLAIN -> String.valueOf(explain);
    };
  }

  @Override
  public int start(Terminal terminal) {
    try (InputStream answer = AdminClient.get(admin, explain ? "/explain" : "/disclose")) {
      if (json || explain) {
        answer.transferTo(terminal.out());
        terminal.out().flush();
      } else {
        new DisclosureTable(Disclosure.read(answer)).lines().forEach(terminal.out()::println);
      }
      return ExitCode.OK;
    } catch (ConnectException e) {
      terminal.complain(
          "cannot reach the admin port at %s: %s; is the relay running, and does its --admin say so?"
              .formatted(admin, e.getMessage()));
      return ExitCode.UNAVAILABLE;
    } catch (IOException e) {
      terminal.complain("the admin port at %s: %s".formatted(admin, IoProblems.text(e)));
      return ExitCode.FAILURE;
    }
  }
}
