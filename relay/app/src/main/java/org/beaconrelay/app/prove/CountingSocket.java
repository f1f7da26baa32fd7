package org.beaconrelay.app.prove;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;

/// A TCP connection that knows how much was sent through it, TLS and all.
///
/// **Thread:** one that sends.
final class CountingSocket extends Socket {
  private long sentBytes;

  long sentBytes() {
    return sentBytes;
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(int b) throws IOException {
        out.write(b);
        sentBytes++;
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
        sentBytes += length;
      }
    };
  }
}
