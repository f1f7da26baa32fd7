package org.beaconrelay.server.transport;

import io.netty.channel.IoHandle;
import io.netty.channel.IoRegistration;

/// A descriptor in one of Netty's event loops: all that is left of a channel for a link that needs
/// none.
interface NettyWatch extends Watch, IoHandle {
  /// Begins to watch. Once.
  ///
  /// @param registration with the loop whose thread this is
  /// @param readiness bits of [org.beaconrelay.server.linux.Readiness]
  void start(IoRegistration registration, int readiness);

  @Override
  void close();
}
