package org.beaconrelay.perf.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.protocol.InfoHash;
import org.beaconrelay.protocol.Role;
import org.jspecify.annotations.Nullable;

/// An endpoint's connection to the relay, which never blocks.
///
/// **Thread:** the selector's. **Owns:** its channel.
final class Link {
  /// Hears what becomes of it.
  interface Listener {
    void onPaired();

    /// It is of no use any more.
    void onFailed(String how);
  }

  private final Role role;
  private final InfoHash infoHash;
  private final Listener listener;
  private final ByteBuffer frame = ByteBuffer.allocate(Frame.LENGTH);
  private @Nullable SocketChannel channel;
  private boolean mayAnnounce;
  private boolean announced;
  private boolean paired;

  Link(Role role, InfoHash infoHash, Listener listener) {
    this.role = role;
    this.infoHash = infoHash;
    this.listener = listener;
  }

  boolean isPaired() {
    return paired;
  }

  /// Begins to connect. The key that it has in the selector has this link attached.
  void connect(Relay relay, Selector selector) {
    try {
      SocketChannel opened = SocketChannel.open();
      channel = opened;
      opened.configureBlocking(false);
      opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
      opened.setOption(StandardSocketOptions.SO_LINGER, 0);
      opened.connect(relay.address());
      opened.register(selector, SelectionKey.OP_CONNECT, this);
    } catch (IOException e) {
      listener.onFailed("not connected: " + e.getMessage());
    }
  }

  /// Announces, as soon as it is connected.
  void announce() {
    mayAnnounce = true;
    if (channel != null && channel.isConnected()) {
      sendAnnounce(channel);
    }
  }

  private void sendAnnounce(SocketChannel connected) {
    announced = true;
    try {
      // A socket that is new has room for 48 bytes.
      connected.write(ByteBuffer.wrap(Announce.of(role, infoHash).toBytes()));
    } catch (IOException e) {
      listener.onFailed("broken: " + e.getMessage());
    }
  }

  /// The selector says that there is something to do.
  void onReady(SelectionKey key) {
    SocketChannel ready = (SocketChannel) key.channel();
    try {
      if (ready.isConnectionPending()) {
        ready.finishConnect();
        key.interestOps(SelectionKey.OP_READ);
        if (mayAnnounce) {
          sendAnnounce(ready);
        }
      } else if (ready.isOpen()) {
        read(ready);
      }
    } catch (IOException | IllegalArgumentException e) {
      listener.onFailed((announced ? "broken: " : "not connected: ") + e.getMessage());
    }
  }

  private void read(SocketChannel ready) throws IOException {
    while (!paired && ready.isOpen()) {
      int received = ready.read(frame);
      if (received < 0) {
        listener.onFailed("closed by the relay");
      }
      if (received <= 0) {
        return;
      }
      if (!frame.hasRemaining()) {
        onFrame(Frame.parse(frame.array()));
        frame.clear();
      }
    }
  }

  private void onFrame(Frame received) {
    switch (received) {
      case Frame.Waiting _ -> {}
      case Frame.Paired _ -> {
        paired = true;
        listener.onPaired();
      }
      case Frame.Rejected rejected -> listener.onFailed("rejected: " + rejected.reason());
      case Frame.Challenge _ -> listener.onFailed("rejected: the relay wants a proof");
    }
  }

  /// Ends it with a reset.
  void reset() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException _) {
      // It is gone all the same.
    }
  }
}
