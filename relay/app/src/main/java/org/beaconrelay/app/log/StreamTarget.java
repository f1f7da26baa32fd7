package org.beaconrelay.app.log;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// What is read elsewhere at once: standard output, a FIFO, a device. Nothing of it can be removed
/// again.
final class StreamTarget implements LineTarget {
  private final Opener opener;
  private @Nullable OutputStream stream;

  private interface Opener {
    OutputStream open() throws IOException;
  }

  /// Unlike [System#out] it tells when writing fails.
  private static final class StandardOutput extends FileOutputStream {
    StandardOutput() {
      super(FileDescriptor.out);
    }

    /// The lines `drain` and `stop` go there too.
    @Override
    public void close() {}
  }

  private StreamTarget(Opener opener) {
    this.opener = opener;
  }

  static StreamTarget ofStandardOutput() {
    return new StreamTarget(StandardOutput::new);
  }

  /// A FIFO blocks until somebody reads it.
  static StreamTarget of(Path path) {
    return new StreamTarget(() -> Files.newOutputStream(path, StandardOpenOption.WRITE));
  }

  @Override
  public long startOfSpan(long ms) {
    return 0;
  }

  @Override
  public void write(long spanStartMs, byte[] lines) throws IOException {
    if (stream == null) {
      stream = opener.open();
    }
    try {
      stream.write(lines);
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  @Override
  public long tend() {
    return Long.MAX_VALUE;
  }

  @Override
  public void close() throws IOException {
    OutputStream open = stream;
    stream = null;
    if (open != null) {
      open.close();
    }
  }
}
