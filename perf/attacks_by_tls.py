"""What strangers do to outer TLS: handshakes that stall, and records that no endpoint sends."""
from __future__ import annotations

import functools
import random
import secrets
import socket
import ssl

from target import Target, tls_endpoint

CHANGE_CIPHER, ALERT, HANDSHAKE, DATA = 20, 21, 22, 23
MOST = 1 << 14  # of a record's content
FLOOD = 1000


@functools.cache
def client_hello() -> bytes:
    """The record with which a real handshake begins."""
    outgoing = ssl.MemoryBIO()
    tls = tls_endpoint.context().wrap_bio(ssl.MemoryBIO(), outgoing)
    try:
        tls.do_handshake()
    except ssl.SSLWantReadError:
        return outgoing.read()
    raise AssertionError("a handshake without a relay")


def record(kind: int, content: bytes, length: int | None = None) -> bytes:
    claimed = len(content) if length is None else length
    return bytes((kind, 3, 3)) + claimed.to_bytes(2, "big") + content


def one_byte_records(message: bytes) -> bytes:
    return b"".join(record(HANDSHAKE, message[i : i + 1]) for i in range(len(message)))


def with_a_flipped_bit(words: bytes) -> bytes:
    place = random.randrange(8 * len(words))
    return words[: place // 8] + bytes([words[place // 8] ^ 1 << place % 8]) + words[place // 8 + 1 :]


@functools.cache
def malformed() -> list[bytes]:
    hello = client_hello()
    endless = b"\x01\xff\xff\xff" + bytes(16 * MOST)
    return [
        secrets.token_bytes(1000),
        record(HANDSHAKE, secrets.token_bytes(500)),
        record(HANDSHAKE, bytes(0xFFFF)),  # larger than any record may be
        record(HANDSHAKE, hello[5:], length=1),  # what follows is no record
        record(99, bytes(100)),
        record(HANDSHAKE, b"") * FLOOD,
        one_byte_records(hello[5:]),
        b"".join(record(HANDSHAKE, endless[i : i + MOST]) for i in range(0, len(endless), MOST)),
        one_byte_records(endless[: 16 * FLOOD]),
        hello + hello,
        hello + record(HANDSHAKE, bytes(4)) * FLOOD,  # HelloRequest, which asks to renegotiate
        hello + record(HANDSHAKE, b"\x18\0\0\1\1"),  # KeyUpdate, in the clear
        hello + record(ALERT, b"\x01\x64") * FLOOD,  # no_renegotiation, a warning
        hello + record(ALERT, b"\x02\x28"),  # handshake_failure
        hello + record(CHANGE_CIPHER, b"\x01") * FLOOD,
        hello + record(DATA, secrets.token_bytes(MOST)) * 4,
        b"\x80\x2e\x01\x03\x01\0\x15\0\0\0\x10" + bytes(37),  # SSL 2's ClientHello
    ]


def malformed_tls(target: Target) -> None:
    """Records that are none, too large, empty, endless or out of turn, and hellos with a bit flipped."""
    kinds = malformed()
    number = target.begun % (len(kinds) + 1)
    target.say_and_leave(kinds[number] if number < len(kinds) else with_a_flipped_bit(client_hello()))


def slow_hello(target: Target) -> None:
    """500 handshakes of which a byte comes every second."""
    target.drip(client_hello())


def half_handshakes(target: Target) -> None:
    """500 handshakes that the relay has answered and that do not go on."""
    target.hold(500, lambda: target.say(client_hello()))


def unfinished_records(target: Target) -> None:
    """2,000 links that wait inside TLS and have sent all of a long record but its last byte."""
    target.hold(2000, lambda: unfinished(target))


def unfinished(target: Target) -> socket.socket:
    sock = target.dial()
    try:
        tls = tls_endpoint.OverBio(sock, exact=True)
        tls.send(tls_endpoint.announce("bridge", secrets.token_bytes(32)))
        tls_endpoint.frame(tls)
        sock.sendall(record(DATA, bytes(MOST - 1), length=MOST))
    except BaseException:
        sock.close()
        raise
    return sock
