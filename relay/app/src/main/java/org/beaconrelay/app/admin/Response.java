package org.beaconrelay.app.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/// What is answered. To be closed once it is sent, or will not be.
///
/// @param status of HTTP
/// @param fields further ones of the head
record Response(int status, String contentType, Map<String, String> fields, Content content)
    implements AutoCloseable {
  private static final String TEXT = "text/plain; charset=utf-8";

  /// What stands behind the head.
  sealed interface Content {
    /// What is there already.
    record Ready(String text) implements Content {}

    /// What is made while it is sent.
    ///
    /// @param whenDone gives back what it takes, be it sent or not
    record Made(Source source, Runnable whenDone) implements Content {}
  }

  /// Writes a content.
  interface Source {
    void writeTo(OutputStream out) throws IOException;
  }

  Response {
    fields = Map.copyOf(fields);
  }

  /// A line for people.
  static Response text(int status, String text) {
    return ready(status, TEXT, text + "\n");
  }

  static Response ready(int status, String contentType, String text) {
    return new Response(status, contentType, Map.of(), new Content.Ready(text));
  }

  /// One that is made while it is sent, so that it may be large.
  static Response made(String contentType, Source source, Runnable whenDone) {
    return new Response(200, contentType, Map.of(), new Content.Made(source, whenDone));
  }

  /// The same with one more field in its head.
  Response with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new Response(status, contentType, more, content);
  }

  /// Sends it. The connection has to be closed behind it.
  void send(Request request, OutputStream out) throws IOException {
    StringBuilder head = new StringBuilder();
    head.append("HTTP/1.1 ").append(status).append(' ').append(reason(status)).append("\r\n");
    field(head, "Content-Type", contentType);
    field(head, "Connection", "close");
    field(head, "Cache-Control", "no-store");
    field(head, "X-Content-Type-Options", "nosniff");
    field(head, "Referrer-Policy", "no-referrer");
    field(head, "Cross-Origin-Resource-Policy", "same-origin");
    fields.forEach((name, value) -> field(head, name, value));
    boolean chunked = !request.isHttp10();
    switch (content) {
      case Content.Ready(String text) ->
          field(head, "Content-Length", String.valueOf(text.getBytes(UTF_8).length));
      case Content.Made _ -> {
        if (chunked) {
          field(head, "Transfer-Encoding", "chunked");
        }
      }
    }
    out.write(head.append("\r\n").toString().getBytes(UTF_8));
    if (!request.isHead()) {
      sendContent(out, chunked);
    }
    out.flush();
  }

  private void sendContent(OutputStream out, boolean chunked) throws IOException {
    switch (content) {
      case Content.Ready(String text) -> out.write(text.getBytes(UTF_8));
      case Content.Made(Source source, Runnable _) -> {
        ChunkedOutput chunks = new ChunkedOutput(out, chunked);
        source.writeTo(chunks);
        chunks.end(); // not if it failed: who gets the half of it must notice
      }
    }
  }

  @Override
  public void close() {
    if (content instanceof Content.Made(Source _, Runnable whenDone)) {
      whenDone.run();
    }
  }

  private static void field(StringBuilder head, String name, String value) {
    assert value.chars().noneMatch(c -> c < ' ') : value;
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private static String reason(int status) {
    return switch (status) {
      case 200 -> "OK";
      case 400 -> "Bad Request";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 421 -> "Misdirected Request";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      case 505 -> "HTTP Version Not Supported";
      default -> throw new IllegalArgumentException("status " + status);
    };
  }
}
