package org.beaconrelay.server.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import org.beaconrelay.server.TestIdentity;
import org.beaconrelay.server.linux.Errno;
import org.beaconrelay.testing.TestTlsLink;
import org.junit.jupiter.api.Test;

final class OuterTlsTest {
  /// The relay has answered by then, and cannot send a frame yet.
  @Test
  void isNotEstablishedByAHello() throws Exception {
    try (Wire wire = new Wire()) {
      TlsBuffers buffers = new TlsBuffers(wire.syscalls);
      OuterTls tls =
          new OuterTls(TestIdentity.make("relay"), Runnable::run, Runnable::run, () -> {});
      SSLEngine endpoint = TestTlsLink.trustingAll().createSSLEngine();
      endpoint.setUseClientMode(true);
      endpoint.beginHandshake();
      ByteBuffer hello = ByteBuffer.allocate(1 << 15);
      endpoint.wrap(ByteBuffer.allocate(0), hello);
      wire.send(hello.array(), 0, hello.position());

      assertThat(tls.listen(buffers, wire.fd())).as("computes").isEqualTo(-Errno.EAGAIN);
      assertThat(tls.listen(buffers, wire.fd())).as("has answered").isEqualTo(-Errno.EAGAIN);
      assertThat(wire.receive()).isNotEmpty();

      assertThat(tls.isEstablished()).isFalse();
    }
  }
}
