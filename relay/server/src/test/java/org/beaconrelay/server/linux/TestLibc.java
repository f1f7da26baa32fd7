package org.beaconrelay.server.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/// Functions of the C library that only tests need. Those that fail throw.
@SuppressWarnings("restricted")
public final class TestLibc {
  private static final int RLIMIT_NOFILE = 7;
  private static final int O_RDWR = 2;
  private static final MethodHandle OPEN =
      link("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle PRLIMIT =
      link("prlimit64", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

  private TestLibc() {}

  static MethodHandle link(String name, FunctionDescriptor descriptor) {
    Linker linker = Linker.nativeLinker();
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), descriptor);
  }

  /// Opens a file for reading and writing.
  public static int open(String path) {
    try (Arena arena = Arena.ofConfined()) {
      return succeeded("open", (int) OPEN.invokeExact(arena.allocateFrom(path), O_RDWR));
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /// Does something while this process gets no further descriptor.
  public static void withoutDescriptors(Runnable action) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment before = arena.allocate(JAVA_LONG, 2);
      MemorySegment none = arena.allocate(JAVA_LONG, 2);
      succeeded("prlimit", (int) PRLIMIT.invokeExact(0, RLIMIT_NOFILE, MemorySegment.NULL, before));
      none.copyFrom(before);
      none.set(ValueLayout.JAVA_LONG, 0, 3);
      try {
        succeeded("prlimit", (int) PRLIMIT.invokeExact(0, RLIMIT_NOFILE, none, MemorySegment.NULL));
        action.run();
      } finally {
        succeeded(
            "prlimit", (int) PRLIMIT.invokeExact(0, RLIMIT_NOFILE, before, MemorySegment.NULL));
      }
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  static int succeeded(String name, int result) {
    if (result < 0) {
      throw new AssertionError(name + " failed");
    }
    return result;
  }
}
