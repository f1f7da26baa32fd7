package org.beaconrelay.server.transport;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;

/// Netty's event loops, but for how long they sleep: until there is something to do.
///
/// Netty's own wake up once a second, to throw away cancelled timers, of which there are none here.
/// For that a loop on io_uring has the kernel set a timeout each time before it sleeps, and hears
/// of its end behind each wake-up: a system call more, and a timer.
final class SleepingLoops extends MultiThreadIoEventLoopGroup {
  SleepingLoops(int count, ThreadFactory threads, IoHandlerFactory handlers) {
    super(count, threads, handlers);
  }

  @Override
  protected IoEventLoop newChild(Executor thread, IoHandlerFactory handlers, Object... arguments) {
    return new SingleThreadIoEventLoop(this, thread, handlers) {
      @Override
      protected long deadlineNanos() {
        return nextScheduledTaskDeadlineNanos(); // of a timer of Netty's, if there should be one
      }
    };
  }
}
