package org.beaconrelay.server;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import org.beaconrelay.protocol.Announce;
import org.beaconrelay.protocol.Frame;

/// An endpoint inside outer TLS that is `openssl s_client`: the one that updates its keys when it
/// is told to.
///
/// **Owns:** a process.
final class OpensslLink implements AutoCloseable {
  private final Process process;
  private final OutputStream input;
  private final BufferedReader messages;

  private OpensslLink(Process process) {
    this.process = process;
    this.input = process.getOutputStream();
    this.messages = new BufferedReader(new InputStreamReader(process.getErrorStream(), US_ASCII));
  }

  /// A link that has announced.
  static OpensslLink announce(InetSocketAddress relay, Announce announce) throws IOException {
    OpensslLink link =
        new OpensslLink(
            new ProcessBuilder(
                    "openssl",
                    "s_client",
                    "-connect",
                    relay.getHostString() + ":" + relay.getPort(),
                    "-tls1_3",
                    "-alpn",
                    "brp/1",
                    "-quiet",
                    "-no_ign_eof")
                .start());
    link.send(announce.toBytes());
    return link;
  }

  /// Sends bytes, which must not begin with a letter that is a command of s_client's.
  void send(byte... bytes) throws IOException {
    input.write(bytes);
    input.flush();
  }

  /// Updates its key for sending.
  ///
  /// @param askingBack whether the relay has to do the same
  void updateKey(boolean askingBack) throws IOException {
    send((byte) (askingBack ? 'K' : 'k'), (byte) '\n');
    String message = messages.readLine();
    while (message != null && !message.equals("KEYUPDATE")) {
      message = messages.readLine();
    }
    if (message == null) {
      throw new EOFException("s_client has ended");
    }
  }

  byte[] receive(int length) throws IOException {
    byte[] bytes = process.getInputStream().readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("%d of %d bytes came".formatted(bytes.length, length));
    }
    return bytes;
  }

  Frame receiveFrame() throws IOException {
    return Frame.parse(receive(Frame.LENGTH));
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    process.onExit().join();
    input.close();
    messages.close();
    process.getInputStream().close();
  }
}
