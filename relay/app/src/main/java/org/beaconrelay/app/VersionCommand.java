package org.beaconrelay.app;

import io.netty.channel.epoll.Epoll;
import io.netty.util.Version;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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
    print(out, "build-sha256", buildHash());
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

  /// SHA-256 of the jar that this class is from; `unpackaged` if it is from no jar.
  private static String buildHash() {
    CodeSource source = VersionCommand.class.getProtectionDomain().getCodeSource();
    try {
      URI location = source.getLocation().toURI();
      if (!"file".equals(location.getScheme()) || !Files.isRegularFile(Path.of(location))) {
        return "unpackaged";
      }
      byte[] jar = Files.readAllBytes(Path.of(location));
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(jar));
    } catch (URISyntaxException | IOException e) {
      return "unknown (" + e.getMessage() + ")";
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
