package org.beaconrelay.server;

import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.AnnounceCheck;
import org.beaconrelay.protocol.Proof;
import org.beaconrelay.protocol.ProofCheck;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.server.admission.Refusal;
import org.beaconrelay.server.linux.PackedAddress;
import org.beaconrelay.server.metrics.Counter;
import org.beaconrelay.server.proof.Verdict;
import org.beaconrelay.server.transport.AnnounceReader;
import org.beaconrelay.server.transport.OuterTls;
import org.beaconrelay.server.transport.ProxyHeader;
import org.beaconrelay.server.transport.ProxyReader;
import org.jspecify.annotations.Nullable;

/// How a link comes in, from accept until it is admitted or turned away: its PROXY header, the
/// limits for who comes, its outer TLS, its announce and its proof. A link that waits or is paired
/// has none any more.
///
/// **Thread:** confined to the shard that has accepted the link.
final class Opening {
  private final Link link;
  private final Shard shard;
  private final boolean withinLimit;
  private @Nullable ProxyReader proxyReader;
  private @Nullable AnnounceReader announceReader;
  private @Nullable Challenge challenge;

  /// @param withinLimit whether the link is one of as many as there may be
  Opening(Link link, Shard shard, boolean withinLimit) {
    this.link = link;
    this.shard = shard;
    this.withinLimit = withinLimit;
  }

  /// Begins with a link that was just accepted.
  void start() {
    if (!shard.gate().isProxy(link.packedSource())) {
      comeIn();
      return;
    }
    RejectReason refusal = shard.refusalOfUnnamed(link);
    if (refusal == null) {
      proxyReader = new ProxyReader();
      readProxyHeader(proxyReader);
    } else {
      shed(refusal);
    }
  }

  void onReady() {
    if (proxyReader != null) {
      readProxyHeader(proxyReader);
    } else if (announceReader != null) {
      readAnnounce(announceReader);
    } else if (challenge != null) {
      readProof(challenge);
    }
  }

  /// It has taken too long.
  void onDeadline() {
    if (proxyReader == null) {
      link.reject(RejectReason.HANDSHAKE_TIMEOUT);
    } else {
      shed(RejectReason.HANDSHAKE_TIMEOUT); // there is no outer TLS yet to tell it in
    }
  }

  /// The link has ended, or been turned away.
  void abandon() {
    if (challenge != null) {
      challenge.abandon();
    }
  }

  /// What it has announced, if that is known and yet to be proved.
  @Nullable Announce unproved() {
    return challenge == null ? null : challenge.announce();
  }

  // ---- where it is from

  private void readProxyHeader(ProxyReader reader) {
    switch (reader.read(shard.syscalls(), link.fd())) {
      case null -> link.close(CloseReason.UNANNOUNCED);
      case ProxyHeader.Incomplete() -> {}
      case ProxyHeader.Refused() when reader.isEmpty() && !shard.syscalls().hasUnread(link.fd()) ->
          link.close(CloseReason.UNANNOUNCED); // a check whether somebody listens
      case ProxyHeader.Refused() -> {
        shard.count(Refusal.PROXY_PROTOCOL_FROM);
        link.reset(CloseReason.BAD_PROXY_HEADER);
      }
      case ProxyHeader.Complete(_, PackedAddress from, PackedAddress to) -> {
        proxyReader = null;
        if (from != null) {
          link.comesFrom(from, to);
        }
        comeIn();
      }
    }
  }

  /// It is known where the link is from.
  private void comeIn() {
    PackedAddress source = link.packedSource();
    RejectReason refusal = shard.refusalOf(link, source, withinLimit);
    if (refusal != null && !shard.gate().enterToBeTold(link, source)) {
      shed(refusal);
      return;
    }
    OuterTls tls = link.beginTls();
    if (refusal != null && tls == null) {
      link.reject(refusal);
      return;
    }
    announceReader = new AnnounceReader(tls != null, refusal);
    readAnnounce(announceReader);
  }

  /// Turns the link away for as little as possible: it gets no handshake and no second to end by
  /// itself. A frame may be destroyed by a reset, if what the endpoint sends crosses it.
  private void shed(RejectReason reason) {
    if (shard.isPlain()) {
      link.tellAndClose(reason);
    } else {
      shard.counters().increment(Counter.CLOSED_UNTOLD);
      link.reset(CloseReason.of(reason));
    }
  }

  // ---- what it announces

  private void readAnnounce(AnnounceReader reader) {
    switch (reader.read(link::receive)) {
      case null -> link.breakOff(CloseReason.UNANNOUNCED);
      case AnnounceCheck.Incomplete _ -> {}
      case AnnounceCheck.Refused(RejectReason reason) ->
          // A port check that comes and goes is no malformed announce, whatever it is answered.
          link.reject(reason, reader.isEmpty() ? CloseReason.UNANNOUNCED : CloseReason.of(reason));
      case AnnounceCheck.Complete(Announce announce) -> onAnnounced(announce);
    }
  }

  private void onAnnounced(Announce announce) {
    if (!shard.gate().allows(announce.infoHash())) {
      link.reject(shard.count(Refusal.ALLOW_HASH_FILE));
    } else if (announce.tunnel() && !shard.allowsTunnel()) {
      link.reject(RejectReason.TUNNEL_UNSUPPORTED);
    } else if (saysMoreThanItMay(announce)) {
      link.reject(RejectReason.MALFORMED);
    } else {
      announceReader = null;
      challenge = shard.newChallenge(announce);
      if (challenge == null) {
        link.admit(announce);
      } else {
        challenge(challenge);
      }
    }
  }

  /// Early data inside TLS may only come from who keeps it on.
  private boolean saysMoreThanItMay(Announce announce) {
    OuterTls tls = link.tls();
    return tls != null && tls.hasPlaintext() && !announce.tunnel();
  }

  // ---- what it proves

  private void challenge(Challenge asked) {
    if (!asked.announce().proof()) {
      link.reject(RejectReason.PROOF_REQUIRED);
      return;
    }
    link.move(LinkState.Event.CHALLENGED);
    if (link.send(asked.toBytes())) {
      readProof(asked);
    } else {
      link.close(CloseReason.WITHDRAWN);
    }
  }

  private void readProof(Challenge asked) {
    switch (asked.read(link::receive)) {
      case null -> link.breakOff(CloseReason.WITHDRAWN);
      case ProofCheck.Incomplete _ -> {}
      case ProofCheck.Refused() -> link.reject(RejectReason.PROOF_INVALID);
      case ProofCheck.Complete(Proof proof) -> onProof(asked, proof);
    }
  }

  /// Has the proof verified. What the endpoint does meanwhile is reported by the next watch.
  private void onProof(Challenge asked, Proof proof) {
    if (saysMoreThanItMay(asked.announce())) {
      link.reject(RejectReason.MALFORMED);
      return;
    }
    link.move(LinkState.Event.ANSWERED);
    link.endWatch();
    OuterTls tls = link.tls();
    byte[] exporter =
        tls == null ? new byte[0] : tls.exporter(Proof.EXPORTER_LABEL, Proof.EXPORTER_LENGTH);
    asked.verify(proof, exporter, verdict -> onVerdict(asked, verdict));
  }

  private void onVerdict(Challenge asked, Verdict verdict) {
    if (link.state() != LinkState.VERIFYING) {
      return; // it has ended meanwhile
    }
    try {
      if (verdict == Verdict.HOLDS) {
        link.admit(asked.announce());
      } else {
        link.reject(RejectReason.PROOF_INVALID);
      }
    } catch (RuntimeException | AssertionError e) {
      link.onBug(e);
    }
  }
}
