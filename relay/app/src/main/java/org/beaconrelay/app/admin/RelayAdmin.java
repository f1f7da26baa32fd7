package org.beaconrelay.app.admin;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.beaconrelay.server.Relay;

/// What the admin port of a relay has to say.
///
/// **Thread:** any.
public final class RelayAdmin {
  /// Something that can be asked for.
  private interface Page {
    Response answer() throws InterruptedException;
  }

  private final SelfAudit audit;
  private final Probes probes;
  private final SequencedMap<String, Page> pages = new LinkedHashMap<>();

  public RelayAdmin(Relay relay, RelayFacts facts) {
    this.audit = new SelfAudit(relay::census, System::nanoTime);
    this.probes = new Probes(audit);
    TrustReport trust = new TrustReport(relay, facts);
    pages.put("/", PeoplePage::answer);
    pages.put("/livez", probes::live);
    pages.put("/readyz", probes::ready);
    pages.put("/metrics", new MetricsPage(relay, facts, audit, probes)::answer);
    pages.put("/disclose", new DisclosurePage(relay::forEachLink, facts.log()::unwritten)::answer);
    pages.put("/explain", trust::answer);
    pages.put("/status.json", new StatusPage(relay, facts, audit, probes, trust)::answer);
  }

  /// Begins to answer, and to look at itself every few seconds.
  public void start(AdminPort port) {
    port.start(this::answer);
    audit.start();
  }

  /// The relay takes no links any more.
  public void drain() {
    probes.drain();
  }

  private Response answer(Request request) {
    Page page = pages.get(request.path());
    if (page == null) {
      return Response.text(404, "not here; there are " + String.join(" ", pages.keySet()));
    }
    try {
      return page.answer();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Response.text(503, "the relay is about to end");
    }
  }
}
