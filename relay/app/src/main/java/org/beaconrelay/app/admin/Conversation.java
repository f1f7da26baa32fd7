package org.beaconrelay.app.admin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.Socket;
import java.time.Duration;

/// One request and its response; then the connection is closed.
///
/// Who is there may be anybody, and may do anything: what is read is bounded, and so is the time
/// for it.
///
/// **Thread:** one of its own, and a second one that ends it when its time is over. **Owns:** the
/// socket.
final class Conversation {
  private static final Logger LOGGER = System.getLogger(Conversation.class.getName());

  /// What the head of a request may have.
  static final int MAX_HEAD_BYTES = 8192;

  /// From accept to the whole head of the request.
  static final Duration REQUEST_TIME = Duration.ofSeconds(5);

  /// From then on, until the response has been taken.
  static final Duration RESPONSE_TIME = Duration.ofSeconds(30);

  /// For what was not to be said any more, so that no reset destroys the response.
  private static final int DISCARD_BYTES = 65_536;

  private static final int DISCARD_MS = 500;
  private static final Request NOTHING_UNDERSTOOD = new Request(false, "/", null, false);

  private final Socket socket;
  private final HostRule hostRule;
  private final Pages pages;
  private volatile boolean isReading = true;

  Conversation(Socket socket, HostRule hostRule, Pages pages) {
    this.socket = socket;
    this.hostRule = hostRule;
    this.pages = pages;
  }

  /// Whether the request is still to come.
  boolean isReading() {
    return isReading;
  }

  /// Has it all, from beginning to end.
  void run() {
    Thread guard = Thread.ofVirtual().name("beacon-admin-guard").start(this::guard);
    try (socket) {
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      converse(socket.getInputStream(), out);
      socket.shutdownOutput();
      discard(socket.getInputStream());
    } catch (IOException _) {
      // It has gone, or was too slow: it has no one to blame, and there is nobody to tell.
    } finally {
      guard.interrupt();
    }
  }

  private void converse(InputStream in, OutputStream out) throws IOException {
    try {
      String head = readHead(in);
      isReading = false;
      if (head.isEmpty()) {
        return; // a port check
      }
      Request request = Request.parse(head);
      try (Response response = answer(request)) {
        response.send(request, out);
      }
    } catch (BadRequestException e) {
      isReading = false;
      try (Response response = e.toResponse()) {
        response.send(NOTHING_UNDERSTOOD, out);
      }
    }
  }

  private Response answer(Request request) {
    if (!hostRule.takes(request.host())) {
      return Response.text(421, "this port answers to localhost and to addresses of loopback only");
    }
    try {
      return pages.answer(request);
    } catch (RuntimeException | AssertionError e) {
      LOGGER.log(Level.ERROR, "a page of the admin port could not be made: a defect", e);
      return Response.text(500, "this page could not be made: a defect of the relay");
    }
  }

  /// @return all up to the empty line; empty if nothing came at all
  private static String readHead(InputStream in) throws IOException, BadRequestException {
    byte[] head = new byte[MAX_HEAD_BYTES];
    int length = 0;
    while (true) {
      int end = endOf(head, length);
      if (end >= 0) {
        return new String(head, 0, end, ISO_8859_1);
      }
      if (length == head.length) {
        throw new BadRequestException(431, "the head of a request has 8 KiB at most");
      }
      int count = in.read(head, length, head.length - length);
      if (count < 0 && length == 0) {
        return "";
      }
      if (count < 0) {
        throw new BadRequestException(400, "the request ends in the midst of its head");
      }
      length += count;
    }
  }

  /// Where the empty line begins, or -1.
  private static int endOf(byte[] head, int length) {
    for (int i = 0; i + 3 < length; i++) {
      if (head[i] == '\r' && head[i + 1] == '\n' && head[i + 2] == '\r' && head[i + 3] == '\n') {
        return i + 2;
      }
    }
    return -1;
  }

  private void discard(InputStream in) throws IOException {
    socket.setSoTimeout(DISCARD_MS);
    byte[] buffer = new byte[4096];
    int discarded = 0;
    int count = 0;
    while (count >= 0 && discarded < DISCARD_BYTES) {
      count = in.read(buffer);
      discarded += count;
    }
  }

  private void guard() {
    try {
      Thread.sleep(REQUEST_TIME);
      if (!isReading) {
        Thread.sleep(RESPONSE_TIME);
      }
      close();
    } catch (InterruptedException _) {
      // It has ended in time.
    }
  }

  /// Ends it, whatever it is at.
  void close() {
    try {
      socket.close();
    } catch (IOException e) {
      LOGGER.log(Level.DEBUG, "close", e); // it is closed all the same
    }
  }
}
