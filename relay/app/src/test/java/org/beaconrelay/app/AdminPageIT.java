package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.server.Addresses;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The page for people, as a browser shows it.
@Timeout(value = 4, unit = TimeUnit.MINUTES)
final class AdminPageIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Time of the page's own, which goes by as fast as nothing is awaited: some polls.
  private static final String PAGE_TIME_MS = "9000";

  @TempDir private Path folder;

  private static HttpResponse<String> get(RelayJar relay, String path) throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(relay.admin().resolve(path)).build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  /// What a browser makes of the page.
  ///
  /// @param document as it has become
  /// @param log what the browser complained of
  private record Shown(String document, String log) {
    /// The text of an element that has only text in it.
    String text(String id) {
      return Pattern.compile("id=\"%s\"[^>]*>([^<]*)<".formatted(id))
          .matcher(document)
          .results()
          .map((MatchResult match) -> match.group(1))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no text in " + id));
    }

    /// All that is inside an element, up to the end of its table.
    String inside(String id) {
      int start = document.indexOf("id=\"" + id + "\"");
      assertThat(start).as(id).isPositive();
      return document.substring(start, document.indexOf("</table>", start));
    }

    List<String> tiles() {
      return Pattern.compile("<div><dt>([^<]*)</dt><dd>([^<]*)</dd>")
          .matcher(document)
          .results()
          .map(match -> match.group(1) + " " + match.group(2))
          .toList();
    }
  }

  private Shown show(RelayJar relay, String... options) throws Exception {
    List<String> command = new ArrayList<>(List.of(Programs.find("chromium")));
    command.addAll(
        List.of(
            "--headless",
            "--no-sandbox", // the tests may run as root
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--user-data-dir=" + Files.createTempDirectory(folder, "profile"),
            "--window-size=1200,2600",
            "--virtual-time-budget=" + PAGE_TIME_MS,
            "--enable-logging=stderr"));
    command.addAll(List.of(options));
    command.add("--dump-dom");
    command.add(relay.admin() + "/");
    Path log = Files.createTempFile(folder, "chromium", ".log");
    Path document = Files.createTempFile(folder, "page", ".html");
    Process browser =
        new ProcessBuilder(command)
            .redirectError(log.toFile())
            .redirectOutput(document.toFile())
            .start();
    try {
      assertThat(browser.waitFor(PATIENCE)).as("the browser ends").isTrue();
    } finally {
      browser.destroyForcibly();
    }
    return new Shown(Files.readString(document), Files.readString(log));
  }

  private static String text(TestLink link) throws IOException {
    return Addresses.format(link.source());
  }

  private static void assertNoComplaint(Shown shown) {
    assertThat(shown.log().lines().filter(line -> line.contains(":CONSOLE"))).isEmpty();
  }

  @Test
  void showsWhatThereIs() throws Exception {
    InfoHash infoHash = InfoHashes.random();
    try (RelayJar relay = RelayJar.readyWithAdmin(folder);
        TestPair pair = TestPair.open(relay.address());
        TestLink waiting = TestLink.announce(relay.address(), Role.BRIDGE, infoHash);
        TestLink malformed = TestLink.connect(relay.address())) {
      waiting.awaitWaiting();
      malformed.send(new byte[48]);
      malformed.awaitRejected();
      malformed.close();
      pair.broker().send(new byte[1000]);
      pair.bridge().receive(1000);

      Shown shown = show(relay);
      assertNoComplaint(shown);
      assertThat(shown.text("state")).isEqualTo("ready");
      assertThat(shown.tiles())
          .contains("Pairs 1", "Waiting links 1", "Links open 3", "Copied 0 B");
      assertThat(shown.inside("links"))
          .contains(infoHash.toHex())
          .contains(text(pair.broker()))
          .contains(text(waiting))
          .contains(">1,000<");
      assertThat(shown.inside("ends")).contains("malformed", "refused");
      assertThat(shown.inside("limits")).contains("<meter").contains("descriptors");
      assertThat(shown.inside("times")).contains("Pairing: second announce to PAIRED");
      assertThat(shown.inside("seen")).contains("info_hash (SHA-256 of the bridge CA certificate)");
      assertThat(shown.text("logged")).startsWith("Nothing is logged of links");
      assertThat(shown.document()).contains("<canvas").containsPattern("data-polls=\"[1-9]");
    }
  }

  @Test
  void saysWhyARelayIsNotReady() throws Exception {
    try (RelayJar relay = RelayJar.readyWithAdmin(folder);
        TestPair pair = TestPair.open(relay.address())) {
      pair.exchange();
      relay.terminate();
      relay.awaitLine("drain");
      Shown shown = show(relay);
      assertNoComplaint(shown);
      assertThat(shown.text("state")).isEqualTo("not ready");
      assertThat(shown.document()).contains("<li>draining: the relay was told to stop");
    }
  }

  /// What screen readers and keyboards go by.
  @Test
  void canBeUsedWithoutEyesAndMouse() throws Exception {
    try (RelayJar relay = RelayJar.readyWithAdmin(folder);
        TestPair pair = TestPair.open(relay.address())) {
      pair.exchange();
      // A legend is part of a picture, which is described as a whole.
      String document =
          show(relay).document().replaceAll("(?s)<table class=\"u-legend.*?</table>", "");
      assertThat(document)
          .contains("<html lang=\"en\"")
          .containsOnlyOnce("<h1>")
          .contains("<main>")
          .contains("role=\"status\"")
          .contains("class=\"skip\" href=\"#now\"")
          .doesNotContainPattern("tabindex=\"[1-9]");
      assertThat(count(document, "<section "))
          .isEqualTo(count(document, "<section [^>]*aria-labelledby="));
      assertThat(count(document, "<th"))
          .isEqualTo(count(document, "<th (class=\"[^\"]*\" )?scope=|<thead|<th scope="));
      assertThat(count(document, "<meter "))
          .isEqualTo(count(document, "<meter [^>]*aria-label=\"[^\"]+\""));
      assertThat(document)
          .containsPattern("role=\"img\" aria-label=\"Bytes delivered per second. Now ");
    }
  }

  private static long count(String text, String pattern) {
    return Pattern.compile(pattern).matcher(text).results().count();
  }

  /// It works without a network, and nothing can be put into it.
  @Test
  void loadsNothingFromElsewhere() throws Exception {
    try (RelayJar relay = RelayJar.readyWithAdmin(folder)) {
      HttpResponse<String> page = get(relay, "/");
      assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
      String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
      assertThat(policy)
          .startsWith("default-src 'none'; connect-src 'self'; ")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe", "http", "*");
      assertThat(page.body())
          .doesNotContainPattern("(src|href)=\"(https?:)?//")
          .doesNotContain("@import");
    }
  }

  @Test
  void followsWhatTheReaderPrefers() throws Exception {
    try (RelayJar relay = RelayJar.readyWithAdmin(folder)) {
      assertThat(get(relay, "/").body()).contains("@media (prefers-color-scheme: dark)");
      assertNoComplaint(show(relay, "--force-dark-mode"));
    }
  }
}
