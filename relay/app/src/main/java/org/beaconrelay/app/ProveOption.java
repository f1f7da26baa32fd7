package org.beaconrelay.app;

/// The options of `beacon prove`.
enum ProveOption implements Option {
  AMOUNT(
      OptionText.of(
          OptionGroup.PROOF,
          "amount",
          "SIZE",
          OptionText.code("256MiB"),
          "What each relay passes on, each way, at least.")),
  COUNT_READS(
      OptionText.of(
          OptionGroup.PROOF,
          "count-reads",
          "on|off",
          OptionText.code("on"),
          "Whether the relay's calls are counted as well, which takes strace.")),
  TRANSPORT(
      OptionText.of(
          OptionGroup.PROOF,
          "transport",
          "auto|epoll|io_uring",
          OptionText.code("auto"),
          "The relay's option of that name, where its memory is searched; calls are counted with"
              + " `epoll`.")),
  PROGRAM(
      OptionText.of(
          OptionGroup.PROOF,
          "program",
          "FILE",
          "this very program",
          "The program whose relay is tried, run as `FILE relay …`. It must become the relay, not"
              + " start it.")),
  JSON(OptionText.of(OptionGroup.REPORT, "json", "", OptionText.code("false"), "As JSON instead.")),
  OUT(
      OptionText.of(
          OptionGroup.REPORT,
          "out",
          "FILE",
          "standard output",
          "Where to write it; a file that is there already is left as it is."));

  @SuppressWarnings("ImmutableEnumChecker") // a record of texts
  private final OptionText text;

  ProveOption(OptionText text) {
    this.text = text;
  }

  @Override
  public OptionText text() {
    return text;
  }
}
