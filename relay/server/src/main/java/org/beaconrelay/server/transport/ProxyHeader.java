package org.beaconrelay.server.transport;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.beaconrelay.server.linux.PackedAddress;
import org.jspecify.annotations.Nullable;

/// What a proxy says of a link before anything else: where it is from (The PROXY protocol, versions
/// 1 and 2; haproxy.org, proxy-protocol.txt).
public sealed interface ProxyHeader {
  /// The longest that is taken, with all that it may have besides addresses (TLVs).
  int MAX_LENGTH = 2048;

  /// So far it may become one, and all of it belongs to it.
  record Incomplete() implements ProxyHeader {}

  /// It is none.
  record Refused() implements ProxyHeader {}

  /// It is one.
  ///
  /// @param length of the header; what is behind it is the endpoint's
  /// @param source where the link is from, or null: from where the connection is, as with a proxy's
  ///   own
  /// @param destination where it had reached the proxy; null likewise
  record Complete(int length, @Nullable PackedAddress source, @Nullable PackedAddress destination)
      implements ProxyHeader {}

  /// What the first `length` of `bytes` amount to. The first byte that is wrong decides.
  static ProxyHeader of(byte[] bytes, int length) {
    if (length == 0) {
      return new Incomplete();
    }
    return bytes[0] == Text.START[0] ? Text.of(bytes, length) : Binary.of(bytes, length);
  }

  /// Whether `bytes` begin as `start` does, as far as there are any.
  private static boolean beginsAs(byte[] start, byte[] bytes, int length) {
    int end = Math.min(length, start.length);
    return Arrays.equals(bytes, 0, end, start, 0, end);
  }

  /// Version 1: a line of text.
  final class Text {
    private static final byte[] START = "PROXY ".getBytes(US_ASCII);
    private static final int MAX_TEXT_LENGTH = 107;
    private static final int PARTS = 6;

    private Text() {}

    private static ProxyHeader of(byte[] bytes, int length) {
      if (!beginsAs(START, bytes, length)) {
        return new Refused();
      }
      for (int i = START.length; i < Math.min(length, MAX_TEXT_LENGTH); i++) {
        if (bytes[i] == '\r') {
          return atCarriageReturn(bytes, i, length);
        }
        if (bytes[i] < ' ' || bytes[i] > '~') {
          return new Refused();
        }
      }
      return length < MAX_TEXT_LENGTH ? new Incomplete() : new Refused();
    }

    private static ProxyHeader atCarriageReturn(byte[] bytes, int at, int length) {
      if (at + 1 == MAX_TEXT_LENGTH) {
        return new Refused();
      }
      if (at + 1 == length) {
        return new Incomplete();
      }
      return bytes[at + 1] == '\n'
          ? ofLine(new String(bytes, 0, at, US_ASCII), at + 2)
          : new Refused();
    }

    private static ProxyHeader ofLine(String line, int headerLength) {
      String[] parts = line.split(" ", -1);
      if (parts[1].equals("UNKNOWN")) {
        return new Complete(headerLength, null, null); // whatever it says besides
      }
      if (parts.length != PARTS) {
        return new Refused();
      }
      PackedAddress source = address(parts[1], parts[2], parts[4]);
      PackedAddress destination = address(parts[1], parts[3], parts[5]);
      return source == null || destination == null
          ? new Refused()
          : new Complete(headerLength, source, destination);
    }

    private static @Nullable PackedAddress address(String family, String host, String port) {
      boolean wellFormed =
          switch (family) {
            case "TCP4" -> host.matches("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
            case "TCP6" -> host.matches("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
            default -> false;
          };
      if (!wellFormed || !port.matches("0|[1-9][0-9]{0,4}") || Integer.parseInt(port) > 0xFFFF) {
        return null;
      }
      try {
        return PackedAddress.of(InetAddress.ofLiteral(host), Integer.parseInt(port));
      } catch (IllegalArgumentException _) {
        return null;
      }
    }
  }

  /// Version 2.
  ///
  /// ```text
  /// +---------------+---------------+---------------+---------------+
  /// |          signature 0D 0A 0D 0A 00 0D 0A 51 55 49 54 0A        |  0
  /// +-------+-------+-------+-------+---------------+---------------+
  /// | 2     |command|family |  type |            length             | 12
  /// +-------+-------+-------+-------+---------------+---------------+
  /// |  source, destination, port of the source, of the destination, |
  /// |  and whatever else                                            |
  /// +---------------------------------------------------------------+
  /// ```
  final class Binary {
    private static final byte[] SIGNATURE = {
      0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A
    };
    private static final int COMMAND_OFFSET = 12;
    private static final int FAMILY_OFFSET = 13;
    private static final int LENGTH_OFFSET = 14;
    private static final int FIXED_LENGTH = 16;
    private static final int LOCAL = 0x20;
    private static final int PROXY = 0x21;
    private static final int STREAM_OVER_IPV4 = 0x11;
    private static final int STREAM_OVER_IPV6 = 0x21;
    private static final int MAX_FAMILY = 3;
    private static final int DATAGRAM = 2;

    private Binary() {}

    private static ProxyHeader of(byte[] bytes, int length) {
      if (!beginsAs(SIGNATURE, bytes, length)
          || (length > COMMAND_OFFSET && !isCommand(bytes[COMMAND_OFFSET]))
          || (length > FAMILY_OFFSET && !isFamily(bytes[FAMILY_OFFSET]))) {
        return new Refused();
      }
      if (length < FIXED_LENGTH) {
        return new Incomplete();
      }
      ByteBuffer header = ByteBuffer.wrap(bytes);
      int headerLength = FIXED_LENGTH + (header.getShort(LENGTH_OFFSET) & 0xFFFF);
      int addressesLength = addressesLength(bytes);
      if (headerLength > MAX_LENGTH || headerLength < FIXED_LENGTH + addressesLength) {
        return new Refused();
      }
      if (length < headerLength) {
        return new Incomplete();
      }
      return addressesLength == 0
          ? new Complete(headerLength, null, null)
          : ofAddresses(header.position(FIXED_LENGTH), headerLength);
    }

    private static boolean isCommand(byte command) {
      return command == LOCAL || command == PROXY;
    }

    private static boolean isFamily(byte family) {
      int type = family & 0xF;
      return (family & 0xFF) >> 4 <= MAX_FAMILY && type <= DATAGRAM;
    }

    /// What the addresses take that count; 0 where none do.
    private static int addressesLength(byte[] bytes) {
      if (bytes[COMMAND_OFFSET] == LOCAL) {
        return 0;
      }
      return switch (bytes[FAMILY_OFFSET]) {
        case STREAM_OVER_IPV4 -> 2 * (Integer.BYTES + Short.BYTES);
        case STREAM_OVER_IPV6 -> 2 * (2 * Long.BYTES + Short.BYTES);
        default -> 0;
      };
    }

    private static ProxyHeader ofAddresses(ByteBuffer from, int headerLength) {
      boolean ipv6 = from.get(FAMILY_OFFSET) == STREAM_OVER_IPV6;
      long sourceHigh = ipv6 ? from.getLong() : 0;
      long sourceLow = ipv6 ? from.getLong() : Integer.toUnsignedLong(from.getInt());
      long destinationHigh = ipv6 ? from.getLong() : 0;
      long destinationLow = ipv6 ? from.getLong() : Integer.toUnsignedLong(from.getInt());
      int sourcePort = Short.toUnsignedInt(from.getShort());
      int destinationPort = Short.toUnsignedInt(from.getShort());
      return new Complete(
          headerLength,
          PackedAddress.of(ipv6, sourceHigh, sourceLow, sourcePort),
          PackedAddress.of(ipv6, destinationHigh, destinationLow, destinationPort));
    }
  }
}
