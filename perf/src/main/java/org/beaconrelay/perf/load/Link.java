package org.beaconrelay.perf.load;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.jspecify.annotations.Nullable;

/// An endpoint's connection to the relay, which never blocks: connected, announced, paired, and
/// from then on a channel whose bytes are the counterpart's. Inside outer TLS it says when an
/// endpoint of Beacon does that nothing follows: as soon as the relay has answered.
///
/// **Thread:** the selector's. **Owns:** its channel.
final class Link {
  /// Hears what becomes of it.
  interface Listener {
    /// The next byte of the channel is the counterpart's.
    void onPaired(Link link) throws IOException;

    /// The channel, which is paired, has bytes, or room, or an end.
    void onReady(Link link) throws IOException;

    /// It is of no use any more.
    void onFailed(String how);
  }

  private final Role role;
  private final InfoHash infoHash;
  private final Listener listener;
  private final ByteBuffer frame = ByteBuffer.allocate(Frame.LENGTH);
  private @Nullable SocketChannel opened;
  private @Nullable SelectionKey key;
  private @Nullable OuterTls tls;
  private LinkStage stage = LinkStage.CONNECTING;
  private boolean inTls;
  private boolean mayAnnounce;
  private long pairId;

  Link(Role role, InfoHash infoHash, Listener listener) {
    this.role = role;
    this.infoHash = infoHash;
    this.listener = listener;
  }

  static InfoHash randomInfoHash() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    return new InfoHash(random.nextLong(), random.nextLong(), random.nextLong(), random.nextLong());
  }

  /// Whether both are.
  ///
  /// @throws IOException if they are, and not with each other
  static boolean arePaired(Link bridge, Link broker) throws IOException {
    boolean paired = bridge.stage == LinkStage.PAIRED && broker.stage == LinkStage.PAIRED;
    if (paired && bridge.pairId != broker.pairId) {
      throw new IOException("the relay gave the two links of a pair different pair_ids");
    }
    return paired;
  }

  /// The pair that it is of, once it is paired.
  long pairId() {
    return pairId;
  }

  boolean isWaiting() {
    return stage == LinkStage.WAITING;
  }

  /// @throws NullPointerException if it has not begun to connect
  SocketChannel channel() {
    return Objects.requireNonNull(opened);
  }

  /// Begins to connect. The key that it gets in the selector has this link attached.
  void connect(Relay relay, Selector selector) {
    inTls = relay.tls();
    try {
      SocketChannel channel = SocketChannel.open();
      opened = channel;
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.connect(relay.address());
      key = channel.register(selector, SelectionKey.OP_CONNECT, this);
    } catch (IOException e) {
      fail(e);
    }
  }

  /// Announces, as soon as it can.
  void announce() {
    mayAnnounce = true;
    try {
      announceIfReady();
    } catch (IOException e) {
      fail(e);
    }
  }

  private void announceIfReady() throws IOException {
    if (mayAnnounce && stage == LinkStage.OPEN) {
      stage = LinkStage.ANNOUNCED;
      Announce announce = new Announce(role, inTls, false, false, infoHash, 0);
      ByteBuffer bytes = ByteBuffer.wrap(announce.toBytes());
      if (tls == null) {
        channel().write(bytes); // a socket that is new has room for 48 bytes
      } else {
        tls.send(bytes);
      }
    }
  }

  /// The selector says that there is something to do.
  void onReady() {
    if (!channel().isOpen()) {
      return; // closed since the selector has seen that
    }
    try {
      switch (stage) {
        case CONNECTING -> onConnected();
        case SECURING -> secure();
        case OPEN, ANNOUNCED, WAITING, MATCHED -> readFrames();
        case PAIRED -> listener.onReady(this);
      }
    } catch (IOException | IllegalArgumentException e) {
      fail(e);
    }
  }

  private void onConnected() throws IOException {
    channel().finishConnect();
    awaitRoom(false);
    stage = LinkStage.SECURING;
    tls = inTls ? new OuterTls(channel()) : null;
    secure();
  }

  private void secure() throws IOException {
    if (tls == null || tls.handshake()) {
      stage = LinkStage.OPEN;
      announceIfReady();
    }
  }

  /// Has the selector tell when there are bytes, and if wanted when there is room for some.
  void awaitRoom(boolean wanted) {
    SelectionKey selected = Objects.requireNonNull(key);
    int interest = wanted ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    if (selected.isValid() && selected.interestOps() != interest) {
      selected.interestOps(interest);
    }
  }

  private void readFrames() throws IOException {
    while (stage != LinkStage.PAIRED && channel().isOpen()) {
      int received = tls == null ? channel().read(frame) : tls.read(frame);
      if (received == 0) {
        return;
      }
      if (stage == LinkStage.MATCHED) {
        onTlsOff(received);
      } else if (received < 0) {
        throw new EOFException("closed by the relay");
      } else if (!frame.hasRemaining()) {
        onFrame(Frame.parse(frame.array()));
        frame.clear();
      }
    }
  }

  private void onFrame(Frame received) throws IOException {
    if (tls != null && stage == LinkStage.ANNOUNCED) {
      tls.sendCloseNotify();
    }
    switch (received) {
      case Frame.Waiting() -> stage = LinkStage.WAITING;
      case Frame.Paired(long id) -> {
        pairId = id;
        stage = LinkStage.MATCHED;
        if (tls == null) {
          onRaw();
        }
      }
      case Frame.Rejected rejected -> listener.onFailed("rejected: " + rejected.reason());
      case Frame.Challenge() -> listener.onFailed("rejected: the relay wants a proof");
    }
  }

  private void onTlsOff(int received) throws IOException {
    if (received > 0) {
      throw new IOException("the relay says more inside TLS than there is to say");
    }
    tls = null;
    onRaw();
  }

  private void onRaw() throws IOException {
    stage = LinkStage.PAIRED;
    listener.onPaired(this);
  }

  private void fail(Exception e) {
    String what =
        switch (stage) {
          case CONNECTING -> "not connected: ";
          case SECURING -> "not secured: ";
          case OPEN, ANNOUNCED, WAITING, MATCHED, PAIRED -> "broken: ";
        };
    listener.onFailed(what + e.getMessage());
  }

  /// Gives its channel away.
  SocketChannel release() {
    SocketChannel released = channel();
    Objects.requireNonNull(key).cancel();
    opened = null;
    return released;
  }

  /// Ends it with a reset; one that is closed stays so.
  void reset() {
    try {
      if (opened != null && opened.isOpen()) {
        opened.setOption(StandardSocketOptions.SO_LINGER, 0);
        opened.close();
      }
    } catch (IOException _) {
      // It is gone all the same.
    }
  }
}
