package org.beaconrelay.perf.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/// What goes into every page: style, script, and the chart library with its licence.
final class Resources {
  private static final String UPLOT = "META-INF/resources/webjars/uplot/";
  private static final String UPLOT_ABOUT = "META-INF/maven/org.webjars.npm/uplot/pom.properties";

  private Resources() {}

  static String style() {
    return ours("page.css");
  }

  static String script() {
    return ours("page.js");
  }

  static String chartStyle() {
    return uPlot("dist/uPlot.min.css");
  }

  static String chartScript() {
    return "/*\n%s*/\n%s".formatted(uPlot("LICENSE"), uPlot("dist/uPlot.iife.min.js"));
  }

  private static String ours(String name) {
    return read(Resources.class.getPackageName().replace('.', '/') + "/" + name);
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
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  private static InputStream open(String path) {
    InputStream in = Resources.class.getClassLoader().getResourceAsStream(path);
    if (in == null) {
      throw new IllegalStateException("not on the class path: " + path);
    }
    return in;
  }
}
