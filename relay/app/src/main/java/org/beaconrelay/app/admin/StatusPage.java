package org.beaconrelay.app.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import org.beaconrelay.app.log.ConnectionLog;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.server.Addresses;
import org.beaconrelay.server.Census;
import org.beaconrelay.server.CloseReason;
import org.beaconrelay.server.Relay;
import org.beaconrelay.server.RelaySettings;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.metrics.Histogram;
import org.beaconrelay.server.metrics.Timing;

/// `/status.json`: what the page for people shows, but for links. It may change with the page; who
/// wants figures that stay takes the metrics.
///
/// **Thread:** any.
final class StatusPage {
  private final Relay relay;
  private final RelayFacts facts;
  private final SelfAudit audit;
  private final Probes probes;
  private final TrustReport trust;
  private final JsonFactory json = new JsonFactory();

  StatusPage(Relay relay, RelayFacts facts, SelfAudit audit, Probes probes, TrustReport trust) {
    this.relay = relay;
    this.facts = facts;
    this.audit = audit;
    this.probes = probes;
    this.trust = trust;
  }

  Response answer() throws InterruptedException {
    Census census = audit.ask();
    if (census == null) {
      return Response.text(503, "an event loop does not answer");
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator out = json.createGenerator(bytes)) {
      out.writeStartObject();
      out.writeNumberField("at", System.currentTimeMillis());
      writeRelay(out);
      writeLinks(out, census);
      writeBytesAndPipes(out, census);
      writeProcess(out);
      writeEnds(out);
      writeTimings(out);
      writeAudit(out);
      writeTrust(out);
      out.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("memory takes what is written to it", e);
    }
    return Response.ready(200, "application/json", bytes.toString(UTF_8));
  }

  private void writeRelay(JsonGenerator out) throws IOException {
    RelaySettings settings = facts.settings();
    out.writeObjectFieldStart("relay");
    out.writeStringField("version", facts.version());
    out.writeStringField("commit", facts.commit());
    out.writeNumberField("started", ProcessUse.started().toEpochMilli());
    out.writeArrayFieldStart("listen");
    for (InetSocketAddress address : relay.addresses()) {
      out.writeString(Addresses.format(address));
    }
    out.writeEndArray();
    out.writeStringField("tls", facts.tls());
    out.writeStringField("certificate_sha256", facts.certificateSha256().get());
    out.writeStringField("transport", settings.engine().transport().label());
    out.writeStringField("data_path", word(settings.engine().dataPath()));
    out.writeNumberField("event_loops", settings.engine().eventLoops());
    out.writeArrayFieldStart("reasons_against");
    for (String reason : probes.reasonsAgainst()) {
      out.writeString(reason);
    }
    out.writeEndArray();
    out.writeEndObject();
  }

  private void writeLinks(JsonGenerator out, Census census) throws IOException {
    out.writeObjectFieldStart("links");
    out.writeNumberField("open", census.links());
    out.writeNumberField("pending", census.pendingLinks());
    out.writeNumberField("waiting", census.waitingLinks());
    out.writeNumberField("refused", census.refusedLinks());
    out.writeNumberField("limit", facts.settings().limits().maxLinks());
    out.writeNumberField("opened", relay.count(Counter.LINKS_OPENED));
    out.writeEndObject();
    out.writeObjectFieldStart("pairs");
    out.writeNumberField("open", census.pairs());
    out.writeNumberField("opened", relay.count(Counter.PAIRS_OPENED));
    out.writeNumberField("closed", relay.count(Counter.PAIRS_CLOSED));
    out.writeEndObject();
  }

  private void writeBytesAndPipes(JsonGenerator out, Census census) throws IOException {
    out.writeObjectFieldStart("bytes");
    out.writeNumberField("to_broker", relay.count(Counter.BYTES_TO_BROKER));
    out.writeNumberField("to_bridge", relay.count(Counter.BYTES_TO_BRIDGE));
    out.writeNumberField("copied", relay.count(Counter.BYTES_COPIED));
    out.writeEndObject();
    out.writeObjectFieldStart("pipes");
    out.writeNumberField("open", census.held().pipes());
    out.writeNumberField("leased", census.held().leasedPipes());
    out.writeNumberField("limit", facts.maxPipes());
    out.writeNumberField("capacity_bytes", census.held().pipeCapacityBytes());
    out.writeNumberField("budget_bytes", facts.pipeBudgetBytes());
    out.writeNumberField("waits", relay.count(Counter.PIPE_WAITS));
    out.writeEndObject();
  }

  private void writeProcess(JsonGenerator out) throws IOException {
    ProcessUse use = ProcessUse.read();
    out.writeObjectFieldStart("descriptors");
    out.writeNumberField("open", use.openFds());
    out.writeNumberField("limit", facts.openFiles());
    out.writeEndObject();
    out.writeObjectFieldStart("memory");
    out.writeNumberField("resident_bytes", use.residentBytes());
    out.writeNumberField("heap_used_bytes", use.heapUsedBytes());
    out.writeNumberField("heap_limit_bytes", use.heapLimitBytes());
    out.writeEndObject();
    out.writeNumberField("cpu_ns", use.cpu().toNanos());
    out.writeNumberField("accept_pauses", relay.count(Counter.ACCEPT_PAUSES));
    out.writeNumberField("bugs", relay.count(Counter.BUGS));
  }

  private void writeEnds(JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("closed");
    for (CloseReason reason : CloseReason.values()) {
      out.writeNumberField(word(reason), relay.closedCount(reason));
    }
    out.writeEndObject();
    out.writeArrayFieldStart("refusal_reasons");
    for (RejectReason reason : RejectReason.values()) {
      out.writeString(word(reason));
    }
    out.writeEndArray();
  }

  private void writeTimings(JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("timings");
    for (Timing timing : Timing.values()) {
      Histogram histogram = relay.timing(timing);
      out.writeObjectFieldStart(word(timing));
      out.writeNumberField("count", histogram.count());
      out.writeNumberField("sum_ns", histogram.sumNs());
      out.writeArrayFieldStart("bounds_ns");
      for (int i = 0; i < histogram.buckets(); i++) {
        out.writeNumber(histogram.boundNs(i));
      }
      out.writeEndArray();
      out.writeArrayFieldStart("counts");
      for (int i = 0; i <= histogram.buckets(); i++) {
        out.writeNumber(histogram.count(i));
      }
      out.writeEndArray();
      out.writeEndObject();
    }
    out.writeEndObject();
  }

  private void writeAudit(JsonGenerator out) throws IOException {
    out.writeObjectFieldStart("audit");
    out.writeBooleanField("ok", audit.holds());
    out.writeNumberField("runs", audit.audits());
    out.writeNumberField("failures", audit.failures());
    out.writeEndObject();
  }

  private void writeTrust(JsonGenerator out) throws IOException {
    ConnectionLog log = facts.log().log();
    out.writeObjectFieldStart("log");
    out.writeStringField("destination", facts.log().destination());
    out.writeStringField("text", trust.logText());
    out.writeNumberField("written", log == null ? 0 : log.written());
    out.writeNumberField("dropped", log == null ? 0 : log.dropped());
    out.writeEndObject();
    out.writeArrayFieldStart("visible");
    for (VisibleData data : VisibleData.values()) {
      out.writeStartObject();
      out.writeStringField("text", data.text());
      out.writeStringField("kept", TrustReport.kept(data));
      out.writeStringField("logged", trust.logged(data));
      out.writeEndObject();
    }
    out.writeEndArray();
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
