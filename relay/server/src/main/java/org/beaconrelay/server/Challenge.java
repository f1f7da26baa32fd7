package org.beaconrelay.server;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.Proof;
import org.beaconrelay.protocol.ProofCheck;
import org.beaconrelay.server.proof.ProofVerifier;
import org.beaconrelay.server.proof.Verdict;
import org.beaconrelay.server.transport.AnnounceReader;
import org.beaconrelay.server.transport.ProofReader;
import org.jspecify.annotations.Nullable;

/// What a link was asked to prove, until there is a verdict (PROTOCOL.md, section 7). Nothing of it
/// outlives that.
///
/// **Thread:** shard-confined; the proof is verified elsewhere, once a link.
final class Challenge {
  private final Announce announce;
  private final ProofVerifier verifier;
  private final Executor crypto;
  private final Executor shard;
  private final byte[] nonce = new byte[Proof.NONCE_LENGTH];
  private final ProofReader reader = new ProofReader();

  /// The one thing that a crypto thread asks while the shard may answer.
  private volatile boolean abandoned;

  /// @param crypto verifies the proof, on a thread that is not the shard's
  /// @param shard runs what has to be done on the shard's thread
  Challenge(
      Announce announce,
      SecureRandom nonces,
      ProofVerifier verifier,
      Executor crypto,
      Executor shard) {
    this.announce = announce;
    this.verifier = verifier;
    this.crypto = crypto;
    this.shard = shard;
    nonces.nextBytes(nonce);
  }

  /// What is to be proved.
  Announce announce() {
    return announce;
  }

  /// The CHALLENGE frame and the nonce.
  byte[] toBytes() {
    byte[] bytes = Arrays.copyOf(new Frame.Challenge().toBytes(), Frame.LENGTH + nonce.length);
    System.arraycopy(nonce, 0, bytes, Frame.LENGTH, nonce.length);
    return bytes;
  }

  /// Takes what is there of the proof; see [ProofReader#read].
  @Nullable ProofCheck read(AnnounceReader.Source source) {
    return reader.read(source);
  }

  /// Has a proof judged.
  ///
  /// @param exporter of the outer TLS; none on a plain link
  /// @param onVerdict is run on the shard's thread, unless the challenge was abandoned before
  void verify(Proof proof, byte[] exporter, Consumer<Verdict> onVerdict) {
    byte[] signedBytes = Proof.signedBytes(announce.role(), announce.infoHash(), nonce, exporter);
    crypto.execute(
        () -> {
          if (abandoned) {
            return;
          }
          Verdict verdict = Verdict.UNREADABLE;
          try {
            verdict = verifier.judge(proof, announce.infoHash(), signedBytes);
          } finally {
            Verdict reached = verdict;
            shard.execute(() -> onVerdict.accept(reached));
          }
        });
  }

  /// Nobody waits for the verdict any more: if its turn has not come, it costs nothing.
  void abandon() {
    abandoned = true;
  }
}
