"""What hostile strangers do to a relay, each from an address of their own on this host, bounded in
number and with the least claim to a processor.

An attack is called over and over, with what it holds open, until its time is over; then all it
holds is closed.
"""
from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import sys
import time
from typing import Callable, NamedTuple

import measuring
from dialler import RESET_ON_CLOSE

sys.path.append(str(measuring.ROOT / "relay/testing/src/main/python"))
import tls_endpoint  # noqa: E402

ADDRESS = "127.0.66.6"
TIMEOUT_S = 0.5
BREATH_S = 0.01
ONE_HASH = secrets.token_bytes(32)
BYTES = secrets.token_bytes(64 << 10)


class Target:
    """The relay, for one that attacks it; and what the attack holds open."""

    def __init__(self, address: tuple[str, int], pid: int) -> None:
        self.address, self.pid = address, pid
        self.held: list[socket.socket] = []
        self.begun = 0

    def dial(self, receive_buffer: int = 0) -> socket.socket:
        sock = socket.socket()
        sock.settimeout(TIMEOUT_S)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if receive_buffer:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        try:
            sock.bind((ADDRESS, 0))
            sock.connect(self.address)
        except BaseException:
            sock.close()
            raise
        self.begun += 1
        return sock

    def announce(self, role: str, info_hash: bytes, receive_buffer: int = 0) -> socket.socket:
        sock = self.dial(receive_buffer)
        sock.send(tls_endpoint.announce(role, info_hash))
        return sock

    def pair(self, receive_buffer: int = 0) -> tuple[socket.socket, socket.socket]:
        """Both are held."""
        info_hash = secrets.token_bytes(32)
        ends = self.announce("bridge", info_hash), self.announce("broker", info_hash, receive_buffer)
        self.held += ends
        for sock in ends:
            sock.setblocking(False)
        return ends

    def hold(self, most: int, dial: Callable[[], object]) -> None:
        """One more, as long as there are not so many; the relay may have closed some."""
        if len(self.held) < most:
            dial()
        else:
            time.sleep(BREATH_S)
            self.forget_closed()

    def forget_closed(self) -> None:
        for sock in self.held[:]:
            with contextlib.suppress(BlockingIOError, TimeoutError):
                sock.setblocking(False)
                try:
                    if not sock.recv(65536):
                        raise ConnectionError
                except ConnectionError:
                    sock.close()
                    self.held.remove(sock)


def reset(sock: socket.socket) -> None:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
    sock.close()


def connects(target: Target) -> None:
    """Connections that say nothing and are reset at once."""
    reset(target.dial())


def silent(target: Target) -> None:
    """2,000 connections that say nothing and stay."""
    target.hold(2000, lambda: target.held.append(target.dial()))


def slow(target: Target) -> None:
    """500 announces of which a byte comes every second."""
    target.hold(500, lambda: target.held.append(target.dial()))
    if time.monotonic() - getattr(target, "sent_s", 0) > 1:
        target.sent_s, target.place = time.monotonic(), getattr(target, "place", 0) + 1
        message = tls_endpoint.announce("bridge", ONE_HASH)
        for sock in target.held:
            with contextlib.suppress(OSError):
                sock.send(message[target.place % 48 : target.place % 48 + 1])


def hashes(target: Target) -> None:
    """10,000 links, each waiting with an info_hash of its own."""
    target.hold(10_000, lambda: target.held.append(target.announce("bridge", secrets.token_bytes(32))))


def one_hash(target: Target) -> None:
    """2,000 links, all waiting with the same info_hash."""
    target.hold(2000, lambda: target.held.append(target.announce("bridge", ONE_HASH)))


def resets(target: Target) -> None:
    """Pairs with bytes under way, reset by one end or the other."""
    bridge, broker = target.pair()
    target.held.clear()
    ends = [bridge, broker]
    if target.begun % 4 == 0:
        ends.reverse()
    for sock in ends:
        with contextlib.suppress(OSError):
            sock.send(BYTES)
    for sock in ends:
        reset(sock)


def half_open(target: Target) -> None:
    """500 pairs of which one end has closed its stream."""

    def dial() -> None:
        bridge, _ = target.pair()
        bridge.shutdown(socket.SHUT_WR)

    if len(target.held) < 1000:
        dial()
    else:
        time.sleep(BREATH_S)


def unread(target: Target) -> None:
    """300 pairs in bulk of which nobody reads the other end."""
    if len(target.held) < 600:
        target.pair(receive_buffer=1)
    fill(target)


def fill(target: Target) -> None:
    for bridge in target.held[::2]:
        with contextlib.suppress(OSError):
            bridge.send(BYTES)


def small_windows(target: Target) -> None:
    """100 pairs in bulk that are read a few bytes at a time, through the smallest window there is."""
    if len(target.held) < 200:
        target.pair(receive_buffer=1)
    fill(target)
    for broker in target.held[1::2]:
        with contextlib.suppress(OSError):
            broker.recv(100)


def garbage(target: Target) -> None:
    """What is no announce: other protocols, wrong versions, whatever comes, and much of it."""
    kinds = (
        b"GET / HTTP/1.1\r\nHost: relay\r\n\r\n",
        b"BCN9" + bytes(44),
        b"BCN1" + b"\xff" * 44,
        b"PROXY TCP4 " + b"9" * 4000,
        b"\r\n\r\n\0\r\nQUIT\n\x21\x11\xff\xff" + bytes(65000),
        b"\x16\x03\x01\xff\xff\x01" + bytes(70000),
        secrets.token_bytes(1000),
    )
    sock = target.dial()
    with contextlib.suppress(OSError):
        sock.sendall(kinds[target.begun % len(kinds)])
    reset(sock)


def pause(target: Target) -> None:
    """Nobody attacks: the relay is stopped and goes on, half a second each."""
    for number in (signal.SIGSTOP, signal.SIGCONT):
        os.kill(target.pid, number)
        time.sleep(0.5)
    target.begun += 1


class Attack(NamedTuple):
    """One, and whether honest users may have to wait for it."""

    work: Callable[[Target], None]
    delays: bool = False

    @property
    def name(self) -> str:
        return self.work.__name__.replace("_", "-")


ATTACKS = [
    Attack(connects), Attack(silent), Attack(slow), Attack(hashes), Attack(one_hash), Attack(resets),
    Attack(half_open), Attack(unread), Attack(small_windows), Attack(garbage), Attack(pause, delays=True),
]  # fmt: skip


def carry_out(attack: Attack, target: Target, seconds: float) -> int:
    """In a process of its own, which only takes what processor time others leave.

    Returns how many connections were begun.
    """
    measuring.end_quietly()
    os.sched_setscheduler(0, os.SCHED_IDLE, os.sched_param(0))
    end_s = time.monotonic() + seconds
    while time.monotonic() < end_s:
        try:
            attack.work(target)
        except OSError:
            time.sleep(BREATH_S)  # turned away; once more
    for sock in target.held:
        reset(sock)
    return target.begun
