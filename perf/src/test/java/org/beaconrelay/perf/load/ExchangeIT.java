package org.beaconrelay.perf.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.beaconrelay.perf.Pair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What a relay may do to a request and its reply, and must not.
@Timeout(20)
final class ExchangeIT {
  private static final Conversation IN_ORDER = new Conversation(16, 1 << 20, true);
  private static final Conversation BY_RESET = new Conversation(1 << 20, 17, false);

  private Pair pair;
  private SocketChannel bridge;
  private SocketChannel broker;

  @BeforeEach
  void open() throws IOException {
    pair = DirectPair.open();
    bridge = pair.bridge();
    broker = pair.broker();
    bridge.configureBlocking(false);
    broker.configureBlocking(false);
  }

  @AfterEach
  void close() throws IOException {
    pair.close();
  }

  private void reply(Exchange exchange) throws IOException {
    while (!exchange.isReplied()) {
      exchange.advanceBridge(bridge);
      exchange.advanceBroker(broker);
    }
  }

  @Test
  void isOverWhenBothHaveEnded() throws IOException {
    Exchange exchange = new Exchange(7, IN_ORDER);
    reply(exchange);
    assertThat(exchange.isOver()).isFalse();
    while (bridge.isOpen()) {
      exchange.advanceBridge(bridge);
    }
    assertThat(exchange.isOver()).isFalse();
    while (broker.isOpen()) {
      exchange.advanceBroker(broker);
    }
    assertThat(exchange.isOver()).isTrue();
  }

  @Test
  void isOverWithTheReplyWhereResetsEndIt() throws IOException {
    Exchange exchange = new Exchange(7, BY_RESET);
    reply(exchange);
    assertThat(exchange.isOver()).isTrue();
  }

  @Test
  void saysThatThereIsNoRoom() throws IOException {
    bridge.setOption(StandardSocketOptions.SO_SNDBUF, 8 << 10);
    broker.setOption(StandardSocketOptions.SO_RCVBUF, 8 << 10);
    Exchange exchange = new Exchange(7, IN_ORDER);
    exchange.advanceBroker(broker);
    boolean wantsRoom = false;
    while (!wantsRoom) {
      wantsRoom = exchange.advanceBridge(bridge);
    }
    reply(exchange);
  }

  @Test
  void refusesAnotherPairsRequest() throws IOException {
    new Exchange(8, BY_RESET).advanceBroker(broker);
    Exchange exchange = new Exchange(7, BY_RESET);
    assertThatThrownBy(
            () -> {
              while (true) {
                exchange.advanceBridge(bridge);
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessage("not what was sent");
  }

  @Test
  void refusesMoreThanWasSent() throws IOException {
    Exchange exchange = new Exchange(7, IN_ORDER);
    reply(exchange);
    bridge.write(ByteBuffer.allocate(1));
    assertThatThrownBy(
            () -> {
              while (true) {
                exchange.advanceBroker(broker);
              }
            })
        .isInstanceOf(IOException.class)
        .hasMessage("more came than was sent");
  }

  @Test
  void refusesAnEndInTheMiddle() throws IOException {
    Exchange exchange = new Exchange(7, BY_RESET);
    broker.write(ByteBuffer.wrap(new byte[7]));
    broker.shutdownOutput();
    assertThatThrownBy(
            () -> {
              while (true) {
                exchange.advanceBridge(bridge);
              }
            })
        .isInstanceOf(EOFException.class)
        .hasMessage("closed with 1048569 bytes missing");
  }
}
