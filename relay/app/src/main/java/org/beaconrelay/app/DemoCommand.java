package org.beaconrelay.app;

import java.io.IOException;
import org.beaconrelay.app.demo.Demo;
import org.beaconrelay.app.demo.Story;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParseResult;

/// `beacon demo`: everything once, with no set-up.
final class DemoCommand implements Command {
  @Override
  public CommandSpec spec() {
    CommandSpec spec = CommandSpec.wrapWithoutInspection(this).name("demo");
    spec.usageMessage()
        .header("Shows what a relay does: one secret, and no open door.")
        .description(
            "Starts a relay, a small HTTPS service as the secret store, a bridge and a",
            "broker, all on loopback; asks for one secret through them; and shows what the",
            "relay saw of it, and that it copied nothing. Needs no set-up and leaves",
            "nothing behind.");
    CommandLines.addExitCodes(
        spec,
        "0",
        "all went as it has to",
        "64",
        "the command line is wrong",
        "1",
        "something did not, which it says");
    return spec;
  }

  @Override
  public int run(ParseResult arguments, Terminal terminal) {
    Ansi ansi = terminal.colour() ? Ansi.ON : Ansi.OFF;
    Story story = new Story(terminal.out(), text -> ansi.string("@|bold %s|@".formatted(text)));
    try {
      return Demo.run(story) ? ExitCode.OK : ExitCode.FAILURE;
    } catch (IOException e) {
      terminal.complain("demo: " + IoProblems.text(e));
      return ExitCode.FAILURE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      terminal.complain("demo: interrupted");
      return ExitCode.FAILURE;
    }
  }
}
