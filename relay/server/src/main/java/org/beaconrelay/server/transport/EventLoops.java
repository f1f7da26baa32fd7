package org.beaconrelay.server.transport;

import io.netty.channel.IoEventLoop;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// The event loops of a relay, each with a thread of its own named `beacon-shard-0` and so on.
public final class EventLoops implements AutoCloseable {
  private final SleepingLoops group;
  private final List<EventLoop> loops;

  private EventLoops(NettyTransport transport, SleepingLoops group, int count) {
    this.group = group;
    List<EventLoop> made = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      IoEventLoop loop = group.next();
      made.add(new NettyEventLoop(loop, transport.newWatcher(loop)));
    }
    this.loops = List.copyOf(made);
  }

  /// Starts `count` loops on epoll.
  public static EventLoops epoll(int count) {
    return start(NettyTransport.EPOLL, count);
  }

  /// Why epoll cannot be used here, or null if it can.
  public static @Nullable String epollFault() {
    return NettyTransport.EPOLL.fault();
  }

  /// Starts `count` loops on io_uring.
  public static EventLoops ioUring(int count) {
    return start(NettyTransport.IO_URING, count);
  }

  /// Why io_uring cannot be used here, or null if it can.
  public static @Nullable String ioUringFault() {
    return NettyTransport.IO_URING.fault();
  }

  private static EventLoops start(NettyTransport transport, int count) {
    AtomicInteger number = new AtomicInteger();
    ThreadFactory threads = task -> new Thread(task, "beacon-shard-" + number.getAndIncrement());
    return new EventLoops(
        transport, new SleepingLoops(count, threads, transport.handlers()), count);
  }

  public List<EventLoop> loops() {
    return loops;
  }

  /// Ends the loops once they have done what they were given so far.
  @Override
  public void close() {
    group.shutdownGracefully(0, 10, TimeUnit.SECONDS).syncUninterruptibly();
  }
}
