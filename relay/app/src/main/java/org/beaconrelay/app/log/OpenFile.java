package org.beaconrelay.app.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A file of a log that whole lines are appended to, by this process alone.
///
/// The file is never opened a second time: closing that descriptor would undo the lock (fcntl(2)).
///
/// **Thread:** one at a time. **Owns:** the descriptor, and a lock on the file.
final class OpenFile implements AutoCloseable {
  /// No link is followed: what it leads to would stay when the link is removed.
  private static final Set<OpenOption> OPTIONS =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);

  private static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private final Path path;
  private final FileChannel channel;
  private final @Nullable Object key;
  private final @Nullable Instant firstClosed;

  private OpenFile(Path path, FileChannel channel) throws IOException {
    this.path = path;
    this.channel = channel;
    lock(channel);
    key = key(path);
    firstClosed = WrittenRecord.firstClosed(channel);
    // What a process that was killed, or lost its power, has left.
    channel.truncate(channel.size() - WrittenRecord.unfinishedBytes(channel));
  }

  /// Opens a file, or makes one that only its owner can read.
  ///
  /// @throws NoLogException if it is anything else than a log
  static OpenFile of(Path path) throws IOException {
    FileChannel channel = FileChannel.open(path, OPTIONS, OWNER_ONLY);
    try {
      return new OpenFile(path, channel);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  /// Two relays would rename and remove each other's files.
  private static void lock(FileChannel channel) throws IOException {
    boolean locked;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException _) {
      locked = false; // another one of this process has it
    }
    if (!locked) {
      throw new IOException("another relay writes to it");
    }
  }

  /// When the link of its first record ended, as it was opened; null if it had none.
  @Nullable Instant firstClosed() {
    return firstClosed;
  }

  boolean isEmpty() throws IOException {
    return channel.size() == 0;
  }

  /// Appends whole lines: all of them, or nothing.
  void append(byte[] lines) throws IOException {
    long endBytes = channel.size();
    ByteBuffer rest = ByteBuffer.wrap(lines);
    try {
      while (rest.hasRemaining()) {
        channel.write(rest, endBytes + rest.position());
      }
    } catch (IOException e) {
      try {
        channel.truncate(endBytes);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  /// Whether its name still leads to it: somebody may have removed it, or put it elsewhere.
  boolean isInPlace() throws IOException {
    try {
      return Objects.equals(key, key(path));
    } catch (NoSuchFileException _) {
      return false;
    }
  }

  private static @Nullable Object key(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
