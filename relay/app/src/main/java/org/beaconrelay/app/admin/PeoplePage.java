package org.beaconrelay.app.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/// `/`: the page for people. One document, with its styles, its script and the chart library in it,
/// so that it needs no network; its policy makes sure that nothing else is ever run or loaded.
///
/// **Thread:** any.
final class PeoplePage {
  private static final String UPLOT = "META-INF/resources/webjars/uplot/";
  private static final String UPLOT_ABOUT = "META-INF/maven/org.webjars.npm/uplot/pom.properties";

  /// One module together, in which the last one begins.
  private static final List<String> SCRIPTS =
      List.of(
          "text.js",
          "document.js",
          "history.js",
          "charts.js",
          "tables.js",
          "links.js",
          "polling.js");

  private PeoplePage() {}

  /// Put together once, when it is asked for first.
  private static final class Whole {
    static final Response RESPONSE = make();
  }

  static Response answer() {
    return Whole.RESPONSE;
  }

  private static Response make() {
    String style = uPlot("dist/uPlot.min.css") + ours("page.css");
    String charts = "/*\n%s*/\n%s".formatted(uPlot("LICENSE"), uPlot("dist/uPlot.iife.min.js"));
    String script =
        SCRIPTS.stream()
            .map(name -> ours("page/" + name))
            .collect(Collectors.joining("\n", "\n", ""));
    String html =
        ours("page.html")
            .replace("@STYLE@", style)
            .replace("@UPLOT@", charts)
            .replace("@SCRIPT@", script);
    String policy =
        "default-src 'none'; connect-src 'self'; img-src data:; style-src %s; script-src %s %s;"
                .formatted(hash(style), hash(charts), hash(script))
            + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    return Response.ready(200, "text/html; charset=utf-8", html)
        .with("Content-Security-Policy", policy);
  }

  /// As a policy names what may be in a page.
  private static String hash(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
      return "'sha256-%s'".formatted(Base64.getEncoder().encodeToString(digest));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  private static String ours(String name) {
    return read(PeoplePage.class.getPackageName().replace('.', '/') + "/" + name);
  }

  private static String uPlot(String name) {
    Properties about = new Properties();
    try (InputStream in = open(UPLOT_ABOUT)) {
      about.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + UPLOT_ABOUT, e);
    }
    return read("%s%s/%s".formatted(UPLOT, about.getProperty("version"), name));
  }

  private static String read(String path) {
    try (InputStream in = open(path)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  private static InputStream open(String path) {
    InputStream in = PeoplePage.class.getClassLoader().getResourceAsStream(path);
    if (in == null) {
      throw new IllegalStateException("not on the class path: " + path);
    }
    return in;
  }
}
