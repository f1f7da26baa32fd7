package org.beaconrelay.server.transport;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.beaconrelay.testing.Choices;

/// What a proxy, or a stranger in its place, sends in the place of a PROXY header: the same is made
/// of it however it is cut, and not a byte more is taken than belongs to it.
///
/// Input: two lengths of pieces, which come by turns, and what is sent.
public final class ProxyHeaderFuzz {
  private static final Wire WIRE = new Wire();

  private ProxyHeaderFuzz() {}

  public static void fuzzerTestOneInput(byte[] input) {
    Choices choices = new Choices(input);
    int[] pieceBytes = {1 + choices.applyAsInt(256), 1 + choices.applyAsInt(4096)};
    byte[] bytes = choices.takeRest();
    ProxyHeader expected = judge(bytes);
    ProxyReader reader = new ProxyReader();
    ProxyHeader header = new ProxyHeader.Incomplete();
    int sent = 0;
    for (int i = 0; header instanceof ProxyHeader.Incomplete && sent < bytes.length; i++) {
      int length = Math.min(pieceBytes[i % pieceBytes.length], bytes.length - sent);
      WIRE.send(bytes, sent, length);
      sent += length;
      header = Objects.requireNonNull(reader.read(WIRE.syscalls, WIRE.fd()));
    }
    byte[] unread = WIRE.takeUnread();

    require(header.equals(expected), "%s is read as %s".formatted(expected, header));
    int taken = sent - unread.length;
    require(Arrays.equals(unread, Arrays.copyOfRange(bytes, taken, sent)), "takes out of order");
    if (header instanceof ProxyHeader.Complete complete) {
      require(taken == complete.length(), "takes %d of %s".formatted(taken, complete));
    }
  }

  /// What it is by the first byte that decides. Whatever follows must change nothing of that.
  private static ProxyHeader judge(byte[] bytes) {
    for (int length = 0; length <= bytes.length; length++) {
      ProxyHeader header = ProxyHeader.of(bytes, length);
      require(
          !(header instanceof ProxyHeader.Incomplete) || length < ProxyHeader.MAX_LENGTH,
          "waits for ever");
      if (!(header instanceof ProxyHeader.Incomplete)) {
        require(ProxyHeader.of(bytes, bytes.length).equals(header), "changes its mind");
        check(header, length);
        return header;
      }
    }
    return new ProxyHeader.Incomplete();
  }

  private static void check(ProxyHeader header, int decidedAt) {
    if (header instanceof ProxyHeader.Complete(int length, var source, var destination)) {
      require(length == decidedAt, "%d bytes, known after %d".formatted(length, decidedAt));
      require((source == null) == (destination == null), "half an address");
      if (source != null && destination != null) {
        require(source.unpack().getPort() >= 0, source);
        require(destination.unpack().getPort() >= 0, destination);
      }
    }
  }

  private static void require(boolean holds, Object what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  /// Every kind of header with something behind it, in one piece and in small ones.
  public static List<byte[]> seeds() {
    List<byte[]> seeds = new ArrayList<>();
    for (byte[] header : ProxyHeaderTest.headers()) {
      seeds.add(Seeds.join(new byte[] {-1, 15, -1}, header, new byte[9]));
      seeds.add(Seeds.join(new byte[] {0, 0, 20}, header));
    }
    return seeds;
  }
}
