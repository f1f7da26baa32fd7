package org.beaconrelay.endpoint;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/// What went wrong, as a person would say it.
final class Reasons {
  private static final String ALERT = "Received fatal alert: ";

  private Reasons() {}

  static String of(IOException problem) {
    if (problem.getCause() instanceof CertificateException refused) {
      return String.valueOf(refused.getMessage());
    }
    String message = String.valueOf(problem.getMessage());
    return switch (problem) {
      case UnknownHostException _ -> "there is no host of this name";
      case SocketTimeoutException _ -> "no answer in time";
      case ConnectException _ when message.contains("refused") ->
          "nobody listens there (connection refused)";
      case EOFException _ -> message;
      case SSLException _ when message.contains(ALERT) ->
          "the other end refused this end's TLS, with the alert "
              + message.substring(message.indexOf(ALERT) + ALERT.length());
      case SSLException _ -> "TLS failed: " + message;
      default -> message;
    };
  }
}
