package org.beaconrelay.app.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.beaconrelay.app.log.LinkLines;
import org.beaconrelay.server.LinkRecord;
import org.beaconrelay.server.Relay;

/// `/disclose`: all that this process holds of links at this moment, and could disclose
/// (TRUST-MODEL.md, rule 6). JSON, a link a line, written while the shards are asked; and how many
/// records of links that have ended wait until the connection log has written them.
///
/// **Thread:** any.
final class DisclosurePage {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /// At a time, so that a crowd that asks for it does not keep event loops busy.
  static final int MAX_AT_A_TIME = 2;

  private static final String RETRY_AFTER_S = "5";

  private final Links links;
  private final IntSupplier unwritten;
  private final Duration patience;
  private final Semaphore turns = new Semaphore(MAX_AT_A_TIME);

  /// All links that there are.
  @FunctionalInterface
  interface Links {
    /// See [Relay#forEachLink].
    void forEach(Duration atMost, Consumer<LinkRecord> consumer)
        throws TimeoutException, InterruptedException;
  }

  /// @param unwritten how many records of links that have ended wait to be written
  DisclosurePage(Links links, IntSupplier unwritten) {
    this(links, unwritten, PATIENCE);
  }

  /// @param patience how long who asks waits for others to be told, and for an event loop
  DisclosurePage(Links links, IntSupplier unwritten, Duration patience) {
    this.links = links;
    this.unwritten = unwritten;
    this.patience = patience;
  }

  /// Whoever has to wait for too long is told so, rather than left with the half of an answer.
  Response answer() throws InterruptedException {
    return turns.tryAcquire(patience.toMillis(), TimeUnit.MILLISECONDS)
        ? Response.made("application/json", this::write, turns::release)
        : Response.text(503, "others are being told, and it takes them long: ask again")
            .with("Retry-After", RETRY_AFTER_S);
  }

  private void write(OutputStream out) throws IOException {
    out.write(
        "{\"at\":\"%s\",\"links\":[\n"
            .formatted(Instant.now().truncatedTo(ChronoUnit.MILLIS))
            .getBytes(US_ASCII));
    try {
      links.forEach(patience, new Writer(out)::write);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (TimeoutException e) {
      throw new IOException("an event loop does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("the relay is about to end", e);
    }
    // Behind the links: one that ends meanwhile may be told twice, but is not left out.
    out.write(("],\"unwritten_records\":" + unwritten.getAsInt() + "}\n").getBytes(US_ASCII));
  }

  private static final class Writer {
    private final OutputStream out;
    private final LinkLines lines = LinkLines.inFull();
    private final StringBuilder line = new StringBuilder();
    private String before = "";

    Writer(OutputStream out) {
      this.out = out;
    }

    void write(LinkRecord link) {
      line.setLength(0);
      line.append(before);
      before = ",";
      lines.append(line, link);
      try {
        out.write(line.toString().getBytes(US_ASCII));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
