package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.beaconrelay.app.admin.RelayMetric;
import org.beaconrelay.protocol.RejectReason;
import org.junit.jupiter.api.Test;

/// The dashboard and the alert rules against the metrics that there are.
final class MonitoringFilesTest {
  private static final String ALERTS = "deploy/prometheus/alerts.yml";
  private static final String DASHBOARD = "deploy/grafana/beacon-relay.json";
  private static final Pattern METRIC = Pattern.compile("\\b(?:beacon|process)_[a-z_]+");
  private static final Pattern REASON = Pattern.compile("reason=\"([a-z_]+)\"");
  private static final Pattern EXPRESSION = Pattern.compile("^ +expr: (.*)$");

  /// All names that a query may have.
  private static Set<String> names() {
    return Arrays.stream(RelayMetric.values())
        .flatMap(
            metric ->
                metric.type() == RelayMetric.Type.HISTOGRAM
                    ? Stream.of("_bucket", "_sum", "_count").map(metric.key()::concat)
                    : Stream.of(metric.key()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<String> metrics(List<String> expressions) {
    return expressions.stream()
        .flatMap(expression -> METRIC.matcher(expression).results())
        .map(MatchResult::group)
        .toList();
  }

  private static List<String> rules() throws IOException {
    return ProjectFiles.lines(ALERTS).stream()
        .map(EXPRESSION::matcher)
        .filter(matcher -> matcher.matches())
        .map(matcher -> matcher.group(1))
        .toList();
  }

  private static List<String> panels() throws IOException {
    List<String> expressions = new ArrayList<>();
    try (JsonParser json =
        new JsonFactory().createParser(String.join("\n", ProjectFiles.lines(DASHBOARD)))) {
      while (json.nextToken() != null) {
        if ("expr".equals(json.currentName()) || "query".equals(json.currentName())) {
          String text = json.nextTextValue();
          if (text != null) {
            expressions.add(text);
          }
        }
      }
    }
    return expressions;
  }

  @Test
  void rulesUseMetricsThatThereAre() throws IOException {
    assertThat(rules()).hasSizeGreaterThan(10).allSatisfy(rule -> assertThat(rule).isNotBlank());
    assertThat(names()).containsAll(metrics(rules()));
    assertThat(rules()).allSatisfy(rule -> assertThat(metrics(List.of(rule))).isNotEmpty());
  }

  @Test
  void rulesUseReasonsThatThereAre() throws IOException {
    Set<String> reasons =
        Arrays.stream(RejectReason.values())
            .map(reason -> reason.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    List<String> used =
        rules().stream()
            .flatMap(rule -> REASON.matcher(rule).results())
            .map(match -> match.group(1))
            .toList();
    assertThat(used).isNotEmpty();
    assertThat(reasons).containsAll(used);
  }

  @Test
  void dashboardShowsMetricsThatThereAre() throws IOException {
    assertThat(panels()).hasSizeGreaterThan(20);
    assertThat(names()).containsAll(metrics(panels()));
  }

  /// Whoever adds a metric thinks of whether somebody should see it.
  @Test
  void dashboardShowsNearlyAll() throws IOException {
    Set<String> missing = names();
    missing.removeAll(metrics(panels()));
    missing.removeIf(name -> name.endsWith("_sum") || name.endsWith("_count"));
    assertThat(missing)
        .containsExactlyInAnyOrder(
            "beacon_accept_pauses_total",
            "beacon_bugs_total",
            "beacon_event_loops",
            "beacon_heap_limit_bytes",
            "beacon_pipes_limit",
            "beacon_self_audit_failures_total",
            "beacon_self_audits_total",
            "beacon_spliced_bytes_total",
            "process_start_time_seconds");
  }
}
