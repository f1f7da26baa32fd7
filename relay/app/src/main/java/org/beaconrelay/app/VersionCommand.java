package org.beaconrelay.app;

import io.netty.channel.epoll.Epoll;
import io.netty.util.Version;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;
import org.beaconrelay.server.Transport;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `beacon version`: what exactly is running here.
final class VersionCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("version");
    spec.usageMessage()
        .header("Prints what exactly this is.")
        .description("Prints version, commit, SHA-256 of the jar, JDK, Netty, and transports.");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    PrintStream out = terminal.out();
    BuildInfo build = BuildInfo.read();
    print(out, "version", build.version());
    print(out, "commit", build.commit());
    print(out, "build-sha256", BuildHash.text());
    print(out, "jdk", Runtime.version() + " " + System.getProperty("java.vendor"));
    print(out, "netty", nettyVersion());
    print(out, "transports", transports());
    return ExitCode.OK;
  }

  private static void print(PrintStream out, String name, String value) {
    out.printf("%-13s %s%n", name, value);
  }

  private static String transports() {
    List<String> usable =
        Stream.of(Transport.values())
            .filter(transport -> transport.fault() == null)
            .map(Transport::label)
            .toList();
    return usable.isEmpty() ? "none" : String.join(" ", usable);
  }

  private static String nettyVersion() {
    Version version = Version.identify(Epoll.class.getClassLoader()).get("netty-common");
    return version == null ? "unknown" : version.artifactVersion();
  }
}
