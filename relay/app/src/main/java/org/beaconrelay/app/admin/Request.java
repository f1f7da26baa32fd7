package org.beaconrelay.app.admin;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A request without content, as far as the admin port has to understand it: RFC 9112, strictly.
///
/// @param isHead whether only the head of the response is wanted
/// @param path without the query
/// @param host what the field Host says, or null where there is none
/// @param isHttp10 whether it comes from an endpoint of HTTP/1.0, which knows no chunks
record Request(boolean isHead, String path, @Nullable String host, boolean isHttp10) {
  private static final Pattern LINE =
      Pattern.compile("([!-~]{1,32}) ([!-~]{1,1024}) HTTP/([0-9])\\.([0-9])");

  /// Nothing is given back once it is matched: blanks are of both the padding and the value, and a
  /// field that is malformed behind thousands of them would be tried in as many ways.
  static final Pattern FIELD =
      Pattern.compile("([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \\t]*+([\\t -~\\x80-\\xff]*+)");

  /// Understands the head of a request.
  ///
  /// @param head all lines with their ends, but for the empty one
  /// @throws BadRequestException if it is not what is taken here
  static Request parse(String head) throws BadRequestException {
    String[] lines = head.split("\r\n", -1);
    Matcher line = LINE.matcher(lines[0]);
    if (!line.matches()) {
      throw new BadRequestException(400, "no request of HTTP");
    }
    if (!line.group(3).equals("1")) {
      throw new BadRequestException(505, "write HTTP/1.1");
    }
    String method = line.group(1);
    if (!method.equals("GET") && !method.equals("HEAD")) {
      throw new BadRequestException(405, "there is nothing to change here: GET or HEAD");
    }
    String target = line.group(2);
    if (!target.startsWith("/")) {
      throw new BadRequestException(400, "the target of a request begins with a slash");
    }
    boolean isHttp10 = line.group(4).equals("0");
    String host = null;
    for (int i = 1; i < lines.length - 1; i++) {
      Matcher field = FIELD.matcher(lines[i]);
      if (!field.matches()) {
        throw new BadRequestException(400, "a field of the head is malformed");
      }
      String name = field.group(1);
      String value = field.group(2).strip();
      if (name.equalsIgnoreCase("Host")) {
        if (host != null) {
          throw new BadRequestException(400, "Host is there twice");
        }
        host = value;
      } else if (name.equalsIgnoreCase("Transfer-Encoding")
          || (name.equalsIgnoreCase("Content-Length") && !value.equals("0"))) {
        throw new BadRequestException(400, "a request here has no content");
      }
    }
    if (host == null && !isHttp10) {
      throw new BadRequestException(400, "Host is not there");
    }
    int query = target.indexOf('?');
    return new Request(
        method.equals("HEAD"), query < 0 ? target : target.substring(0, query), host, isHttp10);
  }
}
