package org.beaconrelay.app.admin;

/// A request that is answered with what is wrong with it.
final class BadRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final String advice;

  /// @param status of HTTP, 400 to 599
  /// @param advice what is wrong
  BadRequestException(int status, String advice) {
    super(advice, null, false, false); // nobody looks where it came from
    this.status = status;
    this.advice = advice;
  }

  Response toResponse() {
    Response response = Response.text(status, advice);
    return status == 405 ? response.with("Allow", "GET, HEAD") : response;
  }
}
