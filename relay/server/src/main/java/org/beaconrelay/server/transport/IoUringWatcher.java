package org.beaconrelay.server.transport;

import io.netty.channel.IoEventLoop;
import java.util.ArrayDeque;
import java.util.Deque;

/// Watches descriptors by polls of one ring, in as many groups as it takes.
final class IoUringWatcher implements Watcher {
  private final IoEventLoop loop;
  private final Deque<PollGroup> withRoom = new ArrayDeque<>();

  IoUringWatcher(IoEventLoop loop) {
    this.loop = loop;
  }

  @Override
  public Watch watch(int fd, int readiness, ReadyListener listener) {
    PollGroup group = withRoom.peek();
    if (group == null) {
      group = new PollGroup(withRoom::add);
      group.register(loop);
      withRoom.add(group);
    }
    IoUringWatch watch = group.add(fd, listener);
    if (group.isFull()) {
      withRoom.remove();
    }
    watch.watchFor(readiness);
    return watch;
  }
}
