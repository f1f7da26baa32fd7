package org.beaconrelay.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Mutual TLS 1.3 of a program that knows nothing of Beacon, end to end through a relay.
@Timeout(180)
class MutualTlsIT {
  private static final long GIB = 1L << 30;

  @Test
  void carriesDialogue(@TempDir Path directory) throws Exception {
    try (RelayJar relay = RelayJar.ready(directory);
        TlsConversation tls = TlsConversation.start(relay, directory)) {
      for (int turn = 0; turn < 100; turn++) {
        byte[] question = "secret %d, please\n".formatted(turn).getBytes(UTF_8);
        tls.client().send(question);
        assertThat(tls.server().receive(question.length)).isEqualTo(question);

        byte[] answer = "it is %d\n".formatted(turn * turn).getBytes(UTF_8);
        tls.server().send(answer);
        assertThat(tls.client().receive(answer.length)).isEqualTo(answer);
      }
      tls.end();
      assertThat(tls.server().messages()).contains("CN = client", "verify return:1");
      assertThat(tls.client().messages()).contains("CN = server", "verify return:1");
    }
  }

  @Test
  void carriesGibibyteEachWayAtOnce(@TempDir Path directory) throws Exception {
    try (RelayJar relay = RelayJar.ready(directory);
        TlsConversation tls = TlsConversation.start(relay, directory)) {
      BulkFlow toServer = BulkFlow.start(1, GIB, tls.client(), tls.server());
      BulkFlow toClient = BulkFlow.start(2, GIB, tls.server(), tls.client());
      assertThat(toServer.receivedSha256()).isEqualTo(toServer.sentSha256());
      assertThat(toClient.receivedSha256()).isEqualTo(toClient.sentSha256());
      tls.end();
    }
  }
}
