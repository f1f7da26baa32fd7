package org.beaconrelay.server.linux;

/// The errors of errno(3) that somebody here acts on; the numbers are those of x86_64 and aarch64.
public final class Errno {
  public static final int EPERM = 1;
  public static final int EINTR = 4;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int ENFILE = 23;
  public static final int EMFILE = 24;
  public static final int EPIPE = 32;
  public static final int EPROTO = 71;
  public static final int EBADMSG = 74;
  public static final int EADDRINUSE = 98;
  public static final int EADDRNOTAVAIL = 99;
  public static final int ENOBUFS = 105;
  public static final int ECONNABORTED = 103;
  public static final int ECONNRESET = 104;
  public static final int ENOTCONN = 107;
  public static final int ETIMEDOUT = 110;
  public static final int ECANCELED = 125;

  private Errno() {}

  /// What to call an error in a message to a person.
  public static String text(int errno) {
    return switch (errno) {
      case EPERM -> "operation not permitted";
      case EACCES -> "permission denied";
      case ENFILE, EMFILE -> "too many open files";
      case EADDRINUSE -> "address already in use";
      case EADDRNOTAVAIL -> "no such address on this host";
      default -> "errno " + errno;
    };
  }
}
