"""What comes from a proxy that the relay believes, and that has gone mad or been taken over."""
from __future__ import annotations

import secrets
import struct

from target import Target, tls_endpoint

ADDRESS = "127.0.66.7"  # the relay is told to believe it
SIGNATURE = b"\r\n\r\n\0\r\nQUIT\n"
LOCAL, PROXY = 0x20, 0x21
TCP4, TCP6 = 0x11, 0x21
LARGEST = 0xFFFF


def header(content: bytes, command: int = PROXY, family: int = TCP6, length: int | None = None) -> bytes:
    """Of version 2."""
    claimed = len(content) if length is None else length
    return SIGNATURE + struct.pack(">BBH", command, family, claimed) + content


def addresses(source: bytes) -> bytes:
    return source + bytes(15) + b"\x01" + struct.pack(">HH", 40000, 443)


def strange() -> list[bytes]:
    here = addresses(bytes(15) + b"\x01")
    announce = tls_endpoint.announce("bridge", secrets.token_bytes(32))
    return [
        header(here + secrets.token_bytes(LARGEST - len(here))) + announce,  # as large as can be
        header(here + bytes(LARGEST - len(here))),  # one kind of TLV, over and over
        header(bytes(LARGEST), command=LOCAL) + announce,
        header(here, length=LARGEST),  # the rest never comes
        header(b"", length=0),
        header(here[:-1]),  # too short for its addresses
        header(here[:12], family=TCP6),
        header(here, family=0xFF),
        header(here, command=0x2F),
        header(here, command=0x11),  # no such version
        header(here + b"\x03\xff\xff\x00"),  # a TLV that is longer than its header
        SIGNATURE,
        announce,  # no header at all
        b"PROXY TCP4 127.0.0.1 127.0.0.1 1 1\n" + announce,
        b"PROXY TCP6 " + b"f" * 96,  # 107 bytes, which is the most, and no end of the line
        b"PROXY TCP4 " + b"9" * LARGEST,
        b"PROXY UNKNOWN" + b" " * LARGEST + b"\r\n",
        b"PROXY TCP4 999.0.0.1 1.2.3.4 70000 -1\r\n" + announce,
        b"PROXY TCP4 1.2.3.4\0 1.2.3.4 1 1\r\n" + announce,
    ]


def proxy_headers(target: Target) -> None:
    """PROXY headers as large as can be, too short, without an end, of wrong lengths, kinds and versions."""
    kinds = strange()
    target.say_and_leave(kinds[target.begun % len(kinds)], ADDRESS)


def slow_header(target: Target) -> None:
    """500 PROXY headers of 64 KiB, of which a byte comes every second."""
    target.drip(header(bytes(1000), length=LARGEST), ADDRESS)


def sources(target: Target) -> None:
    """1,000 waiting links, each of which a PROXY header says is from a network of its own."""

    def dial():
        words = header(addresses(b"\x20\x01" + secrets.token_bytes(14)))
        return target.say(words + tls_endpoint.announce("bridge", secrets.token_bytes(32)), source=ADDRESS)

    target.hold(1000, dial)
