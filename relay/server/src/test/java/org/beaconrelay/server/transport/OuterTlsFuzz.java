package org.beaconrelay.server.transport;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.beaconrelay.protocol.Frame;
import org.beaconrelay.server.TestIdentity;
import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.server.splice.Tunnel;
import org.beaconrelay.testing.Choices;
import org.beaconrelay.testing.Patience;
import org.jspecify.annotations.Nullable;

/// Outer TLS of an endpoint whose bytes are cut, changed, repeated and forged as the input says, in
/// its handshake and after it, also once it has become a tunnel.
///
/// Whatever it does: what the relay hears is what the endpoint has said, up to where it was
/// disturbed; every byte that the relay has not taken is still there; nothing is thrown. And one
/// that nobody has disturbed is heard to its end. Random numbers of TLS are in no input, so the
/// same input can take another way.
public final class OuterTlsFuzz {
  /// Far more than it ever takes: a machine that has no processor to spare finds nothing.
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int WORDS_LENGTH = 190;

  /// More answers in a row than all that an endpoint may say has bytes.
  private static final int RESTLESS = 10_000;

  private static final Wire WIRE = new Wire();
  private static final TlsBuffers BUFFERS = new TlsBuffers(WIRE.syscalls);
  private static final SSLContext RELAY = identity();

  private final Choices choices;
  private final OuterTls relay =
      new OuterTls(RELAY, Runnable::run, Runnable::run, () -> progressed = true);
  private final DisturbedEndpoint endpoint;
  private final byte[] heard;
  private @Nullable Tunnel tunnel;
  private int heardBytes;
  private boolean progressed;
  private boolean relayClosed;
  private boolean over;

  private OuterTlsFuzz(Choices choices) throws SSLException {
    this.choices = choices;
    this.heard = new byte[1 + choices.applyAsInt(256)];
    this.endpoint = new DisturbedEndpoint(choices, WIRE);
  }

  private static SSLContext identity() {
    try {
      return TestIdentity.make("relay");
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  /// Before the time counts: the first handshakes of a JVM take seconds.
  public static void fuzzerInitialize() throws Exception {
    for (byte[] seed : seeds()) {
      fuzzerTestOneInput(seed);
    }
  }

  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    WIRE.clear();
    new OuterTlsFuzz(new Choices(input)).run();
  }

  private void run() throws Exception {
    endpoint.work();
    while (choices.isMore()) {
      step();
      relayWorks();
      endpoint.work();
    }
    if (!endpoint.isDisturbed()) {
      finish();
    }
  }

  private void step() throws SSLException {
    switch (choices.applyAsInt(16)) {
      case 0 -> endpoint.sendSome();
      case 1 -> endpoint.change();
      case 2 -> endpoint.sendRaw();
      case 3 -> endpoint.forge();
      case 4 -> endpoint.repeat();
      case 5 -> endpoint.say();
      case 6 -> endpoint.close();
      case 7 -> relaySays();
      case 8 -> closeRelay();
      case 9 -> becomeTunnel();
      default -> endpoint.sendAll();
    }
  }

  private void relaySays() {
    if (relay.isEstablished() && !relayClosed && !over) {
      byte[] frame = new Frame.Waiting().toBytes();
      if (tunnel == null) {
        require(relay.send(BUFFERS, WIRE.fd(), frame) || endpoint.isDisturbed(), "cannot send");
      } else {
        require(
            tunnel.send(ByteBuffer.wrap(frame)) == frame.length || endpoint.isDisturbed(),
            "cannot send");
      }
    }
  }

  private void closeRelay() {
    if (relay.isEstablished() && !relayClosed && !over && tunnel == null) {
      relayClosed = true;
      require(relay.sendCloseNotify(BUFFERS, WIRE.fd()) || endpoint.isDisturbed(), "cannot close");
    }
  }

  private void becomeTunnel() {
    if (relay.isEstablished() && !relayClosed && !over && tunnel == null) {
      tunnel = relay.toTunnel(BUFFERS, WIRE.fd());
    }
  }

  /// Hears all there is.
  private void relayWorks() {
    int result = -Errno.EAGAIN;
    for (int i = 0; i == 0 || result > 0 || (result == -Errno.EAGAIN && progressed); i++) {
      require(i < RESTLESS, "the relay does not come to rest");
      progressed = false;
      result = hear();
      if (result > 0) {
        require(!over, "hears on");
        byte[] words = endpoint.said();
        require(
            heardBytes + result <= words.length
                && Arrays.equals(heard, 0, result, words, heardBytes, heardBytes + result),
            "hears what nobody has said");
        heardBytes += result;
      }
    }
    boolean failed = result == (tunnel == null ? -Errno.EPROTO : -Errno.EBADMSG);
    over = failed || result == 0;
    require(over || result == -Errno.EAGAIN, "result " + result);
    require(!failed || endpoint.isDisturbed(), "fails though nobody has disturbed it");
    byte[] unread = WIRE.takeUnread();
    byte[] all = endpoint.sent();
    int end = all.length - unread.length;
    require(Arrays.equals(unread, Arrays.copyOfRange(all, end, all.length)), "out of order");
    require(over || unread.length == 0, "leaves what is its own");
    if (over && unread.length > 0) {
      WIRE.send(unread, 0, unread.length);
    }
  }

  private int hear() {
    if (tunnel == null) {
      return relay.receive(BUFFERS, WIRE.fd(), heard, 0, heard.length);
    }
    return over ? 0 : tunnel.receive(ByteBuffer.wrap(heard));
  }

  // ---- the end of one that nobody has disturbed

  private void finish() throws Exception {
    Patience.until(PATIENCE, "all is heard", this::isAllHeard);
    require(over == endpoint.isClosed(), "over: " + over);
    require(tunnel != null || relay.isCloseNotified() == endpoint.isClosed(), "close_notify");
    require(WIRE.unread() == endpoint.rawBytes(), "early data is lost");
  }

  private boolean isAllHeard() {
    try {
      endpoint.sendAll();
      relayWorks();
      endpoint.work();
    } catch (SSLException e) {
      throw new AssertionError(e);
    }
    return relay.isEstablished()
        && endpoint.isAllSent()
        && heardBytes == endpoint.said().length
        && over == endpoint.isClosed();
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  /// What endpoints do: announce and wait for PAIRED; the same with early data; a tunnel; to say
  /// much at once.
  public static List<byte[]> seeds() {
    byte[] handshake = {47, 15, 15, 15, 15};
    byte[] announce = {5, 48, 15};
    byte[] paired = {7, 8, 15};
    byte[] withdraws = {6, 15, 0};
    return List.of(
        Seeds.join(handshake, announce, paired, withdraws),
        Seeds.join(handshake, announce, new byte[] {6, 2, 5, 1, 2, 3, 4, 5}, paired),
        Seeds.join(handshake, announce, new byte[] {9, 7, 5, 100, 15, 7, 5, 100}, withdraws),
        Seeds.join(new byte[] {9, 0, 9, 0, 9}, handshake, announce, new byte[] {4, 60, 15}),
        Seeds.join(handshake, new byte[] {3, 2, 2, 2, 40}, handshake),
        Seeds.join(handshake, moreThanThereIsRoomFor()));
  }

  private static byte[] moreThanThereIsRoomFor() {
    byte[] words = new byte[2 * (Wire.MAX_UNREAD_BYTES / WORDS_LENGTH)];
    for (int i = 0; i < words.length; i += 2) {
      words[i] = 5;
      words[i + 1] = (byte) WORDS_LENGTH;
    }
    return words;
  }
}
