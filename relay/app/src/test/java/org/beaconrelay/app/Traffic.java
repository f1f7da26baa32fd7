package org.beaconrelay.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.RejectReason;
import org.beaconrelay.protocol.Role;
import org.beaconrelay.testing.InfoHashes;
import org.beaconrelay.testing.TestLink;
import org.beaconrelay.testing.TestTlsLink;

/// What a relay meets in a day: pairs of all kinds and links that never become one; and what is
/// known of them, which must be found nowhere.
///
/// **Thread:** one.
final class Traffic {
  private static final byte[] MESSAGE = "what they say to each other".getBytes(US_ASCII);

  private final InetSocketAddress relay;
  private final boolean tls;
  private final List<InfoHash> infoHashes = new ArrayList<>();
  private final List<String> addresses = new ArrayList<>();

  /// @param tls whether its links are TLS until they are paired
  Traffic(InetSocketAddress relay, boolean tls) {
    this.relay = relay;
    this.tls = tls;
  }

  /// Everything so many times.
  void run(int rounds) throws IOException {
    for (int i = 0; i < rounds; i++) {
      if (tls) {
        runInTls();
      } else {
        runPlain();
      }
    }
  }

  InfoHash infoHash() {
    InfoHash infoHash = InfoHashes.random();
    infoHashes.add(infoHash);
    return infoHash;
  }

  /// A link that announces something.
  TestLink announce(Role role, InfoHash infoHash) throws IOException {
    return note(TestLink.announce(relay, role, infoHash));
  }

  private TestLink note(TestLink link) throws IOException {
    addresses.add(link.source().getAddress().getHostAddress());
    return link;
  }

  private TestTlsLink note(TestTlsLink link) throws IOException {
    note(link.raw());
    return link;
  }

  // ---- plain

  private void runPlain() throws IOException {
    completePair();
    resetPair();
    refuse(announceWith(Announce.of(Role.BRIDGE, infoHash()), 5, 7), RejectReason.BAD_ROLE);
    refuse(announceWith(Announce.of(Role.BROKER, infoHash()), 7, 0x40), RejectReason.BAD_FLAGS);
    refuse(announceWith(Announce.of(Role.BROKER, infoHash()), 47, 1), RejectReason.MALFORMED);
    refuse("GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII), RejectReason.MALFORMED);
    waitInVain();
    try (TestLink link = announce(Role.BRIDGE, infoHash())) {
      link.awaitWaiting();
      link.reset();
    }
    try (TestLink link = announce(Role.BRIDGE, infoHash())) {
      link.awaitWaiting();
      link.halfClose();
      assertThat(link.isAtEnd()).isTrue();
    }
    note(TestLink.connect(relay)).close();
  }

  private void completePair() throws IOException {
    InfoHash infoHash = infoHash();
    try (TestLink bridge = announce(Role.BRIDGE, infoHash);
        TestLink broker = announce(Role.BROKER, infoHash)) {
      bridge.awaitPaired();
      broker.awaitPaired();
      exchange(bridge, broker);
    }
  }

  private static void exchange(TestLink bridge, TestLink broker) throws IOException {
    broker.send(MESSAGE);
    assertThat(bridge.receive(MESSAGE.length)).isEqualTo(MESSAGE);
    broker.halfClose();
    assertThat(bridge.isAtEnd()).isTrue();
    bridge.send(MESSAGE);
    bridge.halfClose();
    assertThat(broker.receive(MESSAGE.length)).isEqualTo(MESSAGE);
    assertThat(broker.isAtEnd()).isTrue();
  }

  private void resetPair() throws IOException {
    InfoHash infoHash = infoHash();
    try (TestLink broker = announce(Role.BROKER, infoHash);
        TestLink bridge = announce(Role.BRIDGE, infoHash)) {
      bridge.awaitPaired();
      broker.awaitPaired();
      bridge.reset();
      assertThat(broker.isReset()).isTrue();
    }
  }

  private static byte[] announceWith(Announce announce, int offset, int value) {
    byte[] bytes = announce.toBytes();
    bytes[offset] = (byte) value;
    return bytes;
  }

  private void refuse(byte[] bytes, RejectReason reason) throws IOException {
    try (TestLink link = note(TestLink.connect(relay))) {
      link.send(bytes);
      assertThat(link.awaitRejected()).isEqualTo(reason);
    }
  }

  private void waitInVain() throws IOException {
    Announce announce = new Announce(Role.BROKER, false, false, false, infoHash(), 1);
    try (TestLink link = note(TestLink.announce(relay, announce))) {
      assertThat(link.awaitRejected()).isEqualTo(RejectReason.WAIT_TIMEOUT);
    }
  }

  // ---- inside outer TLS

  private void runInTls() throws IOException {
    completePairInTls();
    refuseInTls(announceWith(Announce.of(Role.BRIDGE, infoHash()), 5, 7), RejectReason.BAD_ROLE);
    refuseInTls(
        new Announce(Role.BRIDGE, false, true, false, infoHash(), 0).toBytes(),
        RejectReason.TUNNEL_UNSUPPORTED);
    try (TestTlsLink link = note(announceInTls(Role.BRIDGE, infoHash()))) {
      assertThat(link.receiveFrame()).isEqualTo(new Frame.Waiting());
      link.sendCloseNotify(); // before PAIRED: withdraws
      while (!isOver(link.raw())) {
        // The relay's own close_notify may come first.
      }
    }
    failSwitchOver();
    failTls();
  }

  private TestTlsLink announceInTls(Role role, InfoHash infoHash) throws IOException {
    return TestTlsLink.announce(relay, Announce.of(role, infoHash));
  }

  private void completePairInTls() throws IOException {
    InfoHash infoHash = infoHash();
    try (TestTlsLink bridge = note(announceInTls(Role.BRIDGE, infoHash));
        TestTlsLink broker = note(announceInTls(Role.BROKER, infoHash))) {
      for (TestTlsLink link : List.of(bridge, broker)) {
        link.awaitPaired();
        link.awaitCloseNotify();
        link.sendCloseNotify();
      }
      exchange(bridge.raw(), broker.raw());
    }
  }

  private void refuseInTls(byte[] bytes, RejectReason reason) throws IOException {
    try (TestTlsLink link = note(TestTlsLink.connect(relay, "brp/1"))) {
      link.send(bytes);
      assertThat(link.awaitRejected()).isEqualTo(reason);
    }
  }

  /// One is told PAIRED and goes, with its TLS still on.
  private void failSwitchOver() throws IOException {
    InfoHash infoHash = infoHash();
    try (TestTlsLink bridge = note(announceInTls(Role.BRIDGE, infoHash));
        TestTlsLink broker = note(announceInTls(Role.BROKER, infoHash))) {
      bridge.awaitPaired();
      broker.awaitPaired();
      broker.raw().reset();
      bridge.awaitCloseNotify();
      assertThat(bridge.raw().isReset()).isTrue();
    }
  }

  private void failTls() throws IOException {
    try (TestLink link = note(TestLink.connect(relay))) {
      link.send(announceWith(Announce.of(Role.BRIDGE, infoHash()), 0, 'B')); // no TLS at all
      while (!isOver(link)) {
        // An alert may come first.
      }
    }
    try (TestTlsLink link = note(TestTlsLink.withoutHandshake(relay, "h2"))) {
      assertThatThrownBy(() -> link.tls().startHandshake()).isInstanceOf(IOException.class);
    }
    try (TestTlsLink link = note(TestTlsLink.withoutHandshake(relay, "brp/1"))) {
      link.tls().setEnabledProtocols(new String[] {"TLSv1.2"});
      assertThatThrownBy(() -> link.tls().startHandshake()).isInstanceOf(IOException.class);
    }
    try (TestTlsLink link = note(TestTlsLink.connect(relay, "brp/1"))) {
      link.raw().send("no record".getBytes(US_ASCII));
      while (!isOver(link.raw())) {
        // An alert may come first.
      }
    }
    note(TestTlsLink.connect(relay, "brp/1")).close();
  }

  private static boolean isOver(TestLink link) {
    try {
      return link.isAtEnd();
    } catch (IOException e) {
      return true; // reset
    }
  }

  // ---- what must be found nowhere

  /// What of it is in some text or file, if anything is.
  Optional<String> foundIn(byte[] content) {
    String text = new String(content, ISO_8859_1);
    String lower = text.toLowerCase(Locale.ROOT);
    for (String address : addresses) {
      if (text.contains(address)) {
        return Optional.of("address " + address);
      }
    }
    for (InfoHash infoHash : infoHashes) {
      byte[] bytes = new byte[InfoHash.LENGTH];
      infoHash.write(bytes, 0);
      // The beginning is enough: nobody writes half of it by chance.
      if (lower.contains(infoHash.toHex().substring(0, 16))) {
        return Optional.of("info_hash in hex");
      }
      if (text.contains(new String(bytes, 0, 16, ISO_8859_1))) {
        return Optional.of("info_hash");
      }
      if (text.contains(Base64.getEncoder().encodeToString(bytes).substring(0, 20))
          || text.contains(Base64.getUrlEncoder().encodeToString(bytes).substring(0, 20))) {
        return Optional.of("info_hash in base 64");
      }
      for (long word :
          new long[] {infoHash.word0(), infoHash.word1(), infoHash.word2(), infoHash.word3()}) {
        if (text.contains(Long.toString(word))
            || lower.contains(HexFormat.of().toHexDigits(Long.reverseBytes(word)))) {
          return Optional.of("info_hash as numbers");
        }
      }
    }
    return Optional.empty();
  }

  /// How much there is that could be found.
  int knownCount() {
    return infoHashes.size() + addresses.size();
  }
}
