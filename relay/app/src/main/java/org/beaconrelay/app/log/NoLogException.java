package org.beaconrelay.app.log;

import java.io.IOException;

/// A file is no connection log: other things are in it, and it is left as it is.
public final class NoLogException extends IOException {
  private static final long serialVersionUID = 1L;

  NoLogException() {
    super("is no connection log: its first line is no record");
  }
}
