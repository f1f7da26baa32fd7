package org.beaconrelay.app;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.beaconrelay.app.prove.Claim;
import org.beaconrelay.app.prove.Program;
import org.beaconrelay.app.prove.Proof;
import org.beaconrelay.app.prove.Verdict;
import org.jspecify.annotations.Nullable;

/// The configuration of `beacon prove`.
///
/// @param arguments with which this process was started, from its command on
/// @param leastBytes each way
/// @param launcher of what is tried; null = this very program
/// @param out null = standard output
record ProveConfig(
    List<String> arguments,
    long leastBytes,
    boolean countReads,
    String transport,
    @Nullable Path launcher,
    boolean json,
    @Nullable Path out,
    Map<Option, Setting> given,
    boolean checkOnly)
    implements Config {
  private static final long DEFAULT_BYTES = 256L << 20;
  private static final long MIN_BYTES = 1L << 20;
  private static final long MAX_BYTES = 1L << 40;

  /// Understands all that was given.
  ///
  /// @return null if there are problems, be they old ones
  static @Nullable ProveConfig parse(Given given, List<String> arguments) {
    ProveConfig config =
        new ProveConfig(
            arguments,
            given.value(
                ProveOption.AMOUNT, text -> Sizes.parse(text, MIN_BYTES, MAX_BYTES), DEFAULT_BYTES),
            given.onOff(ProveOption.COUNT_READS, true),
            given.oneOf(
                ProveOption.TRANSPORT,
                Map.of("auto", "auto", "epoll", "epoll", "io_uring", "io_uring"),
                "auto"),
            given.value(ProveOption.PROGRAM, ProveConfig::launcher),
            given.oneOf(ProveOption.JSON, Map.of("true", true, "false", false), false),
            given.value(ProveOption.OUT, ProveConfig::newFile),
            given.settings(),
            given.checkOnly());
    return given.problems().isEmpty() ? config : null;
  }

  private static Path launcher(String text) throws BadValueException {
    Path path = FilePaths.parse(text).toAbsolutePath();
    if (!Files.isRegularFile(path) || !Files.isExecutable(path)) {
      throw new BadValueException("is no program: name an executable file");
    }
    return path;
  }

  private static Path newFile(String text) throws BadValueException {
    Path path = FilePaths.parse(text).toAbsolutePath();
    if (Files.exists(path)) {
      throw new BadValueException("is there already, and is left as it is: name another file");
    }
    Path folder = path.getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new BadValueException("cannot be made: its directory is not there, or not writable");
    }
    return path;
  }

  @Override
  public List<String> warnings() {
    return List.of();
  }

  @Override
  public String describe() {
    return new ConfigLine(given).add(ProveOption.values(), Set.of(), this::value).end();
  }

  private String value(ProveOption option) {
    return switch (option) {
      case AMOUNT -> Sizes.format(leastBytes);
      case COUNT_READS -> countReads ? "on" : "off";
      case TRANSPORT -> transport;
      case PROGRAM -> launcher == null ? "this" : launcher.toString();
      case JSON -> String.valueOf(json);
      case OUT -> out == null ? "-" : out.toString();
    };
  }

  @Override
  public int start(Terminal terminal) {
    try {
      if (out == null) {
        return prove(terminal, terminal.out());
      }
      // Made before anything is tried: what took a minute must not fail at the end.
      try (PrintStream file =
          new PrintStream(
              Files.newOutputStream(out, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              false,
              StandardCharsets.UTF_8)) {
        int exitCode = prove(terminal, file);
        if (file.checkError()) {
          throw new IOException("%s: could not be written".formatted(out));
        }
        return exitCode;
      }
    } catch (FileAlreadyExistsException _) {
      terminal.complain("prove: %s: is there already, and is left as it is".formatted(out));
    } catch (IOException e) {
      terminal.complain("prove: " + IoProblems.text(e));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      terminal.complain("prove: interrupted");
    }
    return ExitCode.FAILURE;
  }

  private int prove(Terminal terminal, PrintStream report)
      throws IOException, InterruptedException {
    Program program =
        launcher == null
            ? Program.ofThisProcess(arguments)
            : new Program(List.of(launcher.toString()));
    Proof proof = new Proof(new Proof.Settings(program, transport, leastBytes, countReads));
    ProofHeader header = ProofHeader.of(program, proof.canary());
    boolean held;
    if (json) {
      List<Claim> claims = proof.run(claim -> {});
      report.println(ProofJson.of(header, claims));
      held = isHeld(claims);
    } else {
      ProofText text = new ProofText(report);
      text.begin(header);
      List<Claim> claims = proof.run(text::add);
      text.end();
      held = isHeld(claims);
    }
    report.flush();
    if (!held) {
      terminal.complain("prove: not every claim has held: see the report");
    } else if (out != null) {
      terminal.inform("prove: every claim has held: %s".formatted(out));
    }
    return held ? ExitCode.OK : ExitCode.FAILURE;
  }

  static boolean isHeld(List<Claim> claims) {
    return !claims.isEmpty() && claims.stream().allMatch(claim -> claim.verdict() == Verdict.HELD);
  }
}
