package org.beaconrelay.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/// Why a file could not be read, or a host not be reached, in words: the JDK's messages for this
/// are often just its name.
final class IoProblems {
  private IoProblems() {}

  static String text(UncheckedIOException problem) {
    IOException cause = problem.getCause();
    String attempt = String.valueOf(problem.getMessage());
    return cause == null ? attempt : attempt + ": " + text(cause);
  }

  static String text(IOException problem) {
    return switch (problem) {
      case NoSuchFileException _ -> "no such file";
      case AccessDeniedException _ -> "permission denied";
      case CharacterCodingException _ -> "not UTF-8 text";
      case UnknownHostException _ -> "there is no host of this name";
      case SocketTimeoutException _ -> "no answer in time";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      default -> String.valueOf(problem.getMessage());
    };
  }
}
