package org.beaconrelay.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.beaconrelay.protocol.InfoHash;

/// A TLS server and a TLS client that verify each other, joined by a relay and two shims.
record TlsConversation(
    TlsProgram server, TlsProgram client, AnnouncingShim bridge, AnnouncingShim broker)
    implements AutoCloseable {

  /// Makes the certificates, and starts all four.
  static TlsConversation start(RelayJar relay, Path directory) throws Exception {
    TestPki pki = TestPki.create(directory).issue("server").issue("client");
    InfoHash infoHash = pki.infoHash();
    Path serverSocket = directory.resolve("server.sock");
    Path clientSocket = directory.resolve("client.sock");
    AnnouncingShim broker = AnnouncingShim.broker(relay, infoHash, clientSocket);
    return new TlsConversation(
        TlsProgram.server(pki, "server", serverSocket),
        TlsProgram.client(pki, "client", clientSocket),
        AnnouncingShim.bridge(relay, infoHash, serverSocket),
        broker);
  }

  /// Has the client end the connection, and everybody follow.
  void end() throws Exception {
    client.plaintextOut().close();
    assertThat(client.await()).as(client.messages()).isZero();
    assertThat(server.await()).as(server.messages()).isZero();
    bridge.await();
    broker.await();
  }

  @Override
  public void close() {
    bridge.close();
    broker.close();
    client.close();
    server.close();
  }
}
