package org.beaconrelay.app.admin;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.beaconrelay.app.log.ConnectionLog;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.server.Census;
import org.beaconrelay.server.CloseReason;
import org.beaconrelay.server.Relay;
import org.beaconrelay.server.admission.Refusal;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.metrics.Histogram;
import org.beaconrelay.server.metrics.Timing;
import org.jspecify.annotations.Nullable;

/// `/metrics`: all of [RelayMetric] in the text format of Prometheus, collected when it is asked
/// for.
///
/// **Thread:** any.
final class MetricsPage {
  private static final double NS_PER_S = 1e9;
  private static final double MS_PER_S = 1e3;

  private final Relay relay;
  private final RelayFacts facts;
  private final SelfAudit audit;
  private final Probes probes;
  private final @Nullable ConnectionLog log;

  MetricsPage(Relay relay, RelayFacts facts, SelfAudit audit, Probes probes) {
    this.relay = relay;
    this.facts = facts;
    this.audit = audit;
    this.probes = probes;
    this.log = facts.log().log();
  }

  Response answer() throws InterruptedException {
    Census census = audit.ask();
    if (census == null) {
      return Response.text(503, "an event loop does not answer");
    }
    ProcessUse process = ProcessUse.read();
    Collection<MetricSnapshot> snapshots =
        Arrays.stream(RelayMetric.values())
            .<MetricSnapshot>map(metric -> snapshot(metric, census, process))
            .toList();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    try {
      PrometheusTextFormatWriter.create().write(text, new MetricSnapshots(snapshots));
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes what is written to it", e);
    }
    return Response.ready(
        200, PrometheusTextFormatWriter.CONTENT_TYPE, text.toString(StandardCharsets.UTF_8));
  }

  private MetricSnapshot snapshot(RelayMetric metric, Census census, ProcessUse process) {
    return switch (metric) {
      case BUILD ->
          InfoSnapshot.builder()
              .name(withoutSuffix(metric, "_info"))
              .help(metric.doc())
              .dataPoint(InfoDataPointSnapshot.builder().labels(buildLabels()).build())
              .build();
      case READY -> gauge(metric, probes.reasonsAgainst().isEmpty() ? 1 : 0);
      case LINKS_OPENED -> counter(metric, relay.count(Counter.LINKS_OPENED));
      case LINKS_CLOSED ->
          counter(
              metric,
              Arrays.stream(CloseReason.values())
                  .map(reason -> count("reason", reason, relay.closedCount(reason))));
      case REFUSALS ->
          counter(
              metric,
              Arrays.stream(RejectReason.values())
                  .map(
                      reason ->
                          count("reason", reason, relay.closedCount(CloseReason.of(reason)))));
      case LIMITED ->
          counter(
              metric,
              Arrays.stream(Refusal.values())
                  .map(limit -> count("limit", limit, relay.count(limit.counter()))));
      case UNTOLD -> counter(metric, relay.count(Counter.CLOSED_UNTOLD));
      case LINKS ->
          gauge(
              metric,
              point(Labels.of("state", "pending"), census.pendingLinks()),
              point(Labels.of("state", "waiting"), census.waitingLinks()),
              point(Labels.of("state", "paired"), 2.0 * census.pairs()),
              point(Labels.of("state", "refused"), census.refusedLinks()));
      case LINKS_LIMIT -> gauge(metric, facts.settings().limits().maxLinks());
      case PAIRS_OPENED -> counter(metric, relay.count(Counter.PAIRS_OPENED));
      case PAIRS_CLOSED -> counter(metric, relay.count(Counter.PAIRS_CLOSED));
      case PAIRS -> gauge(metric, census.pairs());
      case BYTES ->
          counter(
              metric,
              Stream.of(
                  count(Labels.of("direction", "to_bridge"), relay.count(Counter.BYTES_TO_BRIDGE)),
                  count(
                      Labels.of("direction", "to_broker"), relay.count(Counter.BYTES_TO_BROKER))));
      case SPLICED_BYTES ->
          counter(
              metric,
              Math.max(
                  0,
                  relay.count(Counter.BYTES_TO_BRIDGE)
                      + relay.count(Counter.BYTES_TO_BROKER)
                      - relay.count(Counter.BYTES_COPIED)));
      case COPIED_BYTES -> counter(metric, relay.count(Counter.BYTES_COPIED));
      case PIPES -> gauge(metric, census.held().pipes());
      case PIPES_LEASED -> gauge(metric, census.held().leasedPipes());
      case PIPES_LIMIT -> gauge(metric, facts.maxPipes());
      case PIPE_CAPACITY -> gauge(metric, census.held().pipeCapacityBytes());
      case PIPE_BUDGET -> gauge(metric, facts.pipeBudgetBytes());
      case PIPE_WAITS -> counter(metric, relay.count(Counter.PIPE_WAITS));
      case RATE_WAITS -> counter(metric, relay.count(Counter.RATE_WAITS));
      case ACCEPT_PAUSES -> counter(metric, relay.count(Counter.ACCEPT_PAUSES));
      case OPEN_FDS -> gauge(metric, process.openFds());
      case MAX_FDS -> gauge(metric, facts.openFiles());
      case CPU -> counter(metric, process.cpu().toNanos() / NS_PER_S);
      case RESIDENT_MEMORY -> gauge(metric, process.residentBytes());
      case START_TIME -> gauge(metric, ProcessUse.started().toEpochMilli() / MS_PER_S);
      case HEAP_USED -> gauge(metric, process.heapUsedBytes());
      case HEAP_LIMIT -> gauge(metric, process.heapLimitBytes());
      case HANDSHAKE -> histogram(metric, Timing.HANDSHAKE);
      case WAIT -> histogram(metric, Timing.WAIT);
      case PAIRING -> histogram(metric, Timing.PAIRING);
      case EVENT_LOOP_DELAY -> histogram(metric, Timing.LOOP_DELAY);
      case EVENT_LOOPS -> gauge(metric, facts.settings().engine().eventLoops());
      case LOG_WRITTEN -> counter(metric, log == null ? 0 : log.written());
      case LOG_DROPPED -> counter(metric, log == null ? 0 : log.dropped());
      case AUDIT_OK -> gauge(metric, audit.holds() ? 1 : 0);
      case AUDITS -> counter(metric, audit.audits());
      case AUDIT_FAILURES -> counter(metric, audit.failures());
      case BUGS -> counter(metric, relay.count(Counter.BUGS));
    };
  }

  private Labels buildLabels() {
    return Labels.of(
        "version", facts.version(), "commit", facts.commit(), "jdk", Runtime.version().toString());
  }

  // ---- the model of Prometheus

  /// The model adds it by itself.
  private static String withoutSuffix(RelayMetric metric, String suffix) {
    return metric.key().substring(0, metric.key().length() - suffix.length());
  }

  /// Whole numbers are exact up to 2^53, as all that Prometheus has are doubles.
  private static MetricSnapshot gauge(RelayMetric metric, long value) {
    return gauge(metric, (double) value);
  }

  private static MetricSnapshot gauge(RelayMetric metric, double value) {
    return gauge(metric, point(Labels.EMPTY, value));
  }

  private static MetricSnapshot gauge(RelayMetric metric, GaugeDataPointSnapshot... points) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(metric.key()).help(metric.doc());
    List.of(points).forEach(gauge::dataPoint);
    return gauge.build();
  }

  private static GaugeDataPointSnapshot point(Labels labels, double value) {
    return GaugeDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  private static MetricSnapshot counter(RelayMetric metric, long value) {
    return counter(metric, (double) value);
  }

  private static MetricSnapshot counter(RelayMetric metric, double value) {
    return counter(metric, Stream.of(count(Labels.EMPTY, value)));
  }

  private static MetricSnapshot counter(
      RelayMetric metric, Stream<CounterDataPointSnapshot> points) {
    CounterSnapshot.Builder counter =
        CounterSnapshot.builder().name(withoutSuffix(metric, "_total")).help(metric.doc());
    points.forEach(counter::dataPoint);
    return counter.build();
  }

  private static CounterDataPointSnapshot count(Labels labels, double value) {
    return CounterDataPointSnapshot.builder().labels(labels).value(value).build();
  }

  private static CounterDataPointSnapshot count(Labels labels, long value) {
    return count(labels, (double) value);
  }

  private static CounterDataPointSnapshot count(String label, Enum<?> value, long count) {
    return count(Labels.of(label, value.name().toLowerCase(Locale.ROOT)), count);
  }

  private MetricSnapshot histogram(RelayMetric metric, Timing timing) {
    Histogram histogram = relay.timing(timing);
    int buckets = histogram.buckets();
    double[] bounds =
        IntStream.rangeClosed(0, buckets)
            .mapToDouble(
                bucket ->
                    bucket < buckets
                        ? histogram.boundNs(bucket) / NS_PER_S
                        : Double.POSITIVE_INFINITY)
            .toArray();
    long[] counts = IntStream.rangeClosed(0, buckets).mapToLong(histogram::count).toArray();
    return HistogramSnapshot.builder()
        .name(metric.key())
        .help(metric.doc())
        .dataPoint(
            HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, counts))
                .sum(histogram.sumNs() / NS_PER_S)
                .build())
        .build();
  }
}
