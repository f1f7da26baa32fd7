package org.beaconrelay.app.admin;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.OutputStream;

/// Content of a length that is not known beforehand (RFC 9112, section 7.1): who gets it sees
/// whether it is whole.
///
/// **Owns:** a buffer; not what is behind it, which it never closes.
final class ChunkedOutput extends OutputStream {
  private static final int CHUNK_BYTES = 16_384;

  private final OutputStream out;
  private final boolean chunked;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private int length;

  /// @param chunked false for who knows no chunks: what is closed is at its end
  ChunkedOutput(OutputStream out, boolean chunked) {
    this.out = out;
    this.chunked = chunked;
  }

  @Override
  public void write(int value) throws IOException {
    if (length == chunk.length) {
      send();
    }
    chunk[length++] = (byte) value;
  }

  @Override
  public void write(byte[] bytes, int offset, int count) throws IOException {
    int taken = 0;
    while (taken < count) {
      if (length == chunk.length) {
        send();
      }
      int some = Math.min(count - taken, chunk.length - length);
      System.arraycopy(bytes, offset + taken, chunk, length, some);
      length += some;
      taken += some;
    }
  }

  private void send() throws IOException {
    if (chunked) {
      out.write((Integer.toHexString(length) + "\r\n").getBytes(US_ASCII));
    }
    out.write(chunk, 0, length);
    if (chunked) {
      out.write("\r\n".getBytes(US_ASCII));
    }
    length = 0;
  }

  /// Sends what is left, and says that this was all.
  void end() throws IOException {
    if (length > 0) {
      send();
    }
    if (chunked) {
      out.write("0\r\n\r\n".getBytes(US_ASCII));
    }
  }
}
