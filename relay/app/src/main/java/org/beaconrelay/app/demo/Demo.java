package org.beaconrelay.app.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.beaconrelay.app.evidence.BytePattern;
import org.beaconrelay.app.evidence.MemorySearch;
import org.beaconrelay.endpoint.Bridge;
import org.beaconrelay.endpoint.Broker;
import org.beaconrelay.endpoint.EndpointIdentity;
import org.beaconrelay.endpoint.HostPort;
import org.beaconrelay.endpoint.RelayTrust;
import org.beaconrelay.endpoint.pki.CertificateAuthority;
import org.beaconrelay.endpoint.pki.CertificateLifetimes;
import org.beaconrelay.endpoint.pki.KeyedCertificate;
import org.beaconrelay.endpoint.pki.PkiException;
import org.beaconrelay.endpoint.pki.SelfSigned;
import org.beaconrelay.protocol.InfoHash;

/// One request for a secret, from a workload to a store that lets nothing in, and what the relay
/// between them has seen of it.
///
/// All of it is on loopback: the relay in a process of its own, the rest in this one.
public final class Demo {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String LOOPBACK = "127.0.0.1";
  private static final int POOL = 4;
  private static final int LINKS_OF_THE_PAIR = 2;
  private static final int SAMPLE_BYTES = 32;

  private final Story story;
  private final String token = random();
  private final String secret = random();
  private final InstantSource clock = InstantSource.system();

  private Demo(Story story) {
    this.story = story;
  }

  /// Runs it and tells the story.
  ///
  /// @return whether all of it went as it has to
  /// @throws IOException if part of it cannot be had or does not answer
  public static boolean run(Story story) throws IOException, InterruptedException {
    try {
      return new Demo(story).run();
    } catch (PkiException e) {
      throw new IOException(e.problem(), e);
    } catch (GeneralSecurityException e) {
      throw new IOException("a certificate that was just made cannot be used", e);
    }
  }

  private static String random() {
    byte[] bytes = new byte[12];
    new SecureRandom().nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  private boolean run()
      throws IOException, InterruptedException, PkiException, GeneralSecurityException {
    long startNs = System.nanoTime();
    KeyedCertificate storeTls = SelfSigned.make("demo secret store", List.of(LOOPBACK), clock);
    CertificateAuthority bridgeCa = CertificateAuthority.create("Demo bridge CA", clock);
    EndpointIdentity bridgeIdentity =
        identity(bridgeCa, bridgeCa.issueBridge("demo bridge", CertificateLifetimes.LEAF));
    EndpointIdentity brokerIdentity =
        identity(bridgeCa, bridgeCa.issueBroker("demo broker", CertificateLifetimes.LEAF));
    DemoObserver observer = new DemoObserver();
    try (RelayChild relay = RelayChild.start();
        SecretStore store = SecretStore.start(storeTls.serverContext(), token, secret);
        Wiretap wiretap = Wiretap.before(relay.address());
        Bridge _ = Bridge.start(bridge(relay, bridgeIdentity, store), observer);
        Broker broker = Broker.start(broker(relay, brokerIdentity, wiretap), observer)) {
      observer.awaitReady(PATIENCE);
      introduce(relay, store, broker, bridgeIdentity.infoHash());
      boolean answered = ask(broker, storeTls);
      RelayChild.Report report = relay.report(LINKS_OF_THE_PAIR);
      tell(report);
      boolean proven = prove(relay, report, wiretap, bridgeIdentity.infoHash());
      observer.problems().forEach(problem -> story.say("problem", problem));
      conclude(answered && proven, startNs);
      return answered && proven;
    }
  }

  private static EndpointIdentity identity(CertificateAuthority bridgeCa, KeyedCertificate own) {
    return new EndpointIdentity(bridgeCa.own().certificate(), own.chain(), own.key());
  }

  private static Bridge.Settings bridge(
      RelayChild relay, EndpointIdentity identity, SecretStore store) {
    return new Bridge.Settings(
        List.of(new HostPort(LOOPBACK, relay.address().getPort())),
        new RelayTrust.Pins(Set.of(relay.certificateSha256())),
        identity,
        new HostPort(LOOPBACK, store.port()),
        POOL,
        POOL * 2);
  }

  private static Broker.Settings broker(
      RelayChild relay, EndpointIdentity identity, Wiretap wiretap) {
    return new Broker.Settings(
        List.of(new HostPort(LOOPBACK, wiretap.port())),
        new RelayTrust.Pins(Set.of(relay.certificateSha256())),
        identity,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        PATIENCE,
        1);
  }

  // ---- the story

  private void introduce(RelayChild relay, SecretStore store, Broker broker, InfoHash infoHash) {
    story.heading("Who is who");
    story.say(
        "store", "a secret store: HTTPS on port %d, for nobody outside".formatted(store.port()));
    story.say("bridge", "beside the store; it listens nowhere, and has dialled out to the relay");
    story.say(
        "broker",
        "in the cluster; it listens on port %d for the workload, and dials out to the relay"
            .formatted(broker.address().getPort()));
    story.say(
        "relay",
        "port %d, a process of its own (%d); it has no key of any of them"
            .formatted(relay.address().getPort(), relay.pid()));
    story.heading("Where they meet");
    story.say("info_hash", infoHash.toHex());
    story.say("", "the SHA-256 of the bridge CA's certificate: both sides name it to the relay");
    story.say("waiting", "%d links of the bridge".formatted(POOL));
  }

  /// What the workload does.
  ///
  /// @return whether it got the secret
  private boolean ask(Broker broker, KeyedCertificate storeTls)
      throws IOException, InterruptedException {
    URI address =
        URI.create(
            "https://%s:%d%s".formatted(LOOPBACK, broker.address().getPort(), SecretStore.PATH));
    story.heading("The workload asks for a secret");
    story.say("asked", "GET " + address);
    long startNs = System.nanoTime();
    try (HttpClient workload =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(WorkloadTls.trusting(storeTls.certificate()))
            .build()) {
      HttpResponse<String> response =
          workload.send(
              HttpRequest.newBuilder(address)
                  .header(SecretStore.TOKEN_HEADER, token)
                  .timeout(PATIENCE)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      story.say("answered", "%d %s".formatted(response.statusCode(), response.body()));
      story.say(
          "took",
          "%d ms: dialled, paired, mutual TLS from broker to bridge, and in it the workload's own"
                  .formatted(Duration.ofNanos(System.nanoTime() - startNs).toMillis())
              + " TLS with the store");
      return response.statusCode() == SecretStore.OK && response.body().contains(secret);
    }
  }

  private void tell(RelayChild.Report report) {
    story.heading("What the relay saw, all of it");
    story.rows(report.rows());
    story.say("", "not what was asked, by whom, nor the answer; and it keeps none of this");
  }

  /// That nothing of what the relay moved was ever in its memory.
  private boolean prove(
      RelayChild relay, RelayChild.Report report, Wiretap wiretap, InfoHash infoHash)
      throws IOException {
    BytePattern told = new BytePattern(HexFormat.of().parseHex(infoHash.toHex()));
    BytePattern sent = new BytePattern(wiretap.lastToRelay(SAMPLE_BYTES));
    BytePattern received = new BytePattern(wiretap.lastFromRelay(SAMPLE_BYTES));
    MemorySearch search = MemorySearch.of(relay.pid(), told, sent, received);
    boolean works = !search.places(told).isEmpty();
    boolean holds = !search.places(sent).isEmpty() || !search.places(received).isEmpty();
    story.heading("The proof that it copied nothing");
    story.say(
        "bytes",
        String.format(
            Locale.ROOT,
            "%,d spliced inside the kernel, %,d copied",
            report.splicedBytes(),
            report.copiedBytes()));
    story.say(
        "memory",
        String.format(
            Locale.ROOT,
            "all %d MiB of the relay's searched, with the ends of %,d bytes that a wiretap took"
                + " down:",
            search.searchedBytes() >> 20,
            wiretap.recordedBytes()));
    story.say("", "what it passed on, either way    " + (holds ? "FOUND" : "not found"));
    story.say(
        "",
        "the info_hash, which it was told " + (works ? "found, so the search works" : "NOT FOUND"));
    return works && !holds && report.splicedBytes() > 0 && report.copiedBytes() == 0;
  }

  private void conclude(boolean good, long startNs) {
    story.heading(
        "%s, in %.1f s"
            .formatted(
                good ? "Done" : "This is not as it should be",
                Duration.ofNanos(System.nanoTime() - startNs).toMillis() / 1000.0));
    if (good) {
      story.say(
          "next", "beacon pki, then beacon relay, beacon bridge and beacon broker: see README.md");
    }
  }
}
