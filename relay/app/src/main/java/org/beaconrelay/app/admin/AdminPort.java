package org.beaconrelay.app.admin;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;

/// Answers HTTP at an address. It listens as soon as it is opened, and answers once it is started,
/// so that a relay that cannot have the port says so before it accepts anybody, and loads nothing
/// for its sake before it is ready.
///
/// No more than [#MAX_CONVERSATIONS] are open at once. When the last place is taken, the oldest is
/// cut off, and first of all one that has not asked anything yet: a crowd that holds connections
/// open cannot keep a probe out.
///
/// **Thread:** any. It accepts on a thread of its own, `beacon-admin`, and each conversation is on
/// a virtual one. **Owns:** the listening socket, and those of the conversations.
public final class AdminPort implements AutoCloseable {
  /// Each takes a descriptor, of those that are set aside for other things than links.
  static final int MAX_CONVERSATIONS = 32;

  private static final int PAUSE_MS = 100;

  private final ServerSocket listener;
  private final HostRule hostRule;
  private final ConcurrentLinkedQueue<Conversation> open = new ConcurrentLinkedQueue<>();
  private final Semaphore places = new Semaphore(MAX_CONVERSATIONS);

  private AdminPort(ServerSocket listener) {
    this.listener = listener;
    this.hostRule = HostRule.of(listener.getInetAddress());
  }

  /// Begins to listen.
  ///
  /// @param address port 0 picks one
  /// @throws IOException if it cannot be had
  public static AdminPort open(InetSocketAddress address) throws IOException {
    ServerSocket listener = new ServerSocket();
    try {
      listener.bind(address);
      return new AdminPort(listener);
    } catch (IOException e) {
      listener.close();
      throw e;
    }
  }

  /// Where it listens; a port 0 is the real one here.
  public InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /// Begins to answer.
  void start(Pages pages) {
    Thread.ofPlatform().daemon().name("beacon-admin").start(() -> acceptAll(pages));
  }

  private void acceptAll(Pages pages) {
    try {
      while (!listener.isClosed()) {
        places.acquire();
        accept(pages);
      }
    } catch (InterruptedException _) {
      // Nobody does that; but then it is meant to end.
    }
  }

  private void accept(Pages pages) throws InterruptedException {
    try {
      Socket socket = listener.accept();
      Conversation conversation = new Conversation(socket, hostRule, pages);
      open.add(conversation);
      Thread.ofVirtual().name("beacon-admin-conversation").start(() -> run(conversation));
      if (places.availablePermits() == 0) {
        cutOffOldest(conversation);
      }
    } catch (IOException _) {
      places.release();
      Thread.sleep(PAUSE_MS); // no descriptors, say: it gets better, or the port is closed
    }
  }

  private void run(Conversation conversation) {
    try {
      conversation.run();
    } finally {
      open.remove(conversation);
      places.release();
    }
  }

  private void cutOffOldest(Conversation newest) {
    List<Conversation> others = open.stream().filter(other -> other != newest).toList();
    others.stream()
        .filter(Conversation::isReading)
        .findFirst()
        .or(() -> others.stream().findFirst())
        .ifPresent(Conversation::close);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    open.forEach(Conversation::close);
  }
}
