package org.beaconrelay.app.admin;

import java.net.InetAddress;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Whom a request may name as its host.
///
/// A port of loopback is safe from other machines, but not from a browser on this one: any web page
/// may have its own name resolved to 127.0.0.1, and then read what is answered (DNS rebinding). Its
/// requests name that host, by which they are known. Who has no field Host is no browser.
///
/// @param isLoopback whether the port is one of loopback
record HostRule(boolean isLoopback) {
  /// With any port: a tunnel may lead here from another one.
  private static final Pattern LOOPBACK =
      Pattern.compile("(?i)(localhost|127(\\.[0-9]{1,3}){3}|\\[::1\\])(:[0-9]{0,5})?");

  static HostRule of(InetAddress listening) {
    return new HostRule(listening.isLoopbackAddress());
  }

  boolean takes(@Nullable String host) {
    return !isLoopback || host == null || LOOPBACK.matcher(host).matches();
  }
}
