package org.beaconrelay.app.admin;

/// What there is to be asked for.
@FunctionalInterface
interface Pages {
  /// Answers a request.
  ///
  /// **Thread:** any, several at once; it may block.
  Response answer(Request request);
}
