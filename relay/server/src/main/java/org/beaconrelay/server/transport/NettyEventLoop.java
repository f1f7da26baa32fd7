package org.beaconrelay.server.transport;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoRegistration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// An [EventLoop] on one of Netty's.
final class NettyEventLoop implements EventLoop {
  private final NettyTransport transport;
  private final IoEventLoop loop;

  NettyEventLoop(NettyTransport transport, IoEventLoop loop) {
    this.transport = transport;
    this.loop = loop;
  }

  @Override
  public Watch watch(int fd, int readiness, ReadyListener listener) {
    NettyWatch watch = transport.newWatch(fd, listener);
    // On the loop's own thread a registration is done when the call returns.
    IoRegistration registration = loop.register(watch).getNow();
    if (registration == null) {
      throw new IllegalStateException("the event loop takes no more descriptors");
    }
    watch.start(registration, readiness);
    return watch;
  }

  @Override
  public Future<?> schedule(Runnable action, long delay, TimeUnit unit) {
    return loop.schedule(action, delay, unit);
  }

  @Override
  public void execute(Runnable action) {
    loop.execute(action);
  }

  @Override
  public boolean isCurrentThread() {
    return loop.inEventLoop();
  }
}
