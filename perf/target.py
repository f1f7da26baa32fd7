"""The relay as those see it who attack it, and what they hold open."""
from __future__ import annotations

import contextlib
import pathlib
import secrets
import socket
import sys
import time
import weakref
from typing import Callable

import measuring
from dialler import RESET_ON_CLOSE

sys.path.append(str(measuring.ROOT / "relay/testing/src/main/python"))
import tls_endpoint  # noqa: E402

ADDRESS = "127.0.66.6"
TIMEOUT_S = 0.5
BREATH_S = 0.01
DRIPS, DRIP_S = 500, 1


class Target:
    """One relay, for one attack."""

    def __init__(self, address: tuple[str, int], pid: int, clock: pathlib.Path | None = None) -> None:
        self.address, self.pid, self.clock = address, pid, clock
        self.held: list[socket.socket] = []
        self.begun = 0
        self.dripped_s = 0.0
        self.dripped: weakref.WeakKeyDictionary[socket.socket, int] = weakref.WeakKeyDictionary()

    def dial(self, receive_buffer: int = 0, source: str = ADDRESS) -> socket.socket:
        sock = socket.socket()
        sock.settimeout(TIMEOUT_S)
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if receive_buffer:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        try:
            sock.bind((source, 0))
            sock.connect(self.address)
        except BaseException:
            sock.close()
            raise
        self.begun += 1
        return sock

    def say(self, words: bytes, receive_buffer: int = 0, source: str = ADDRESS) -> socket.socket:
        sock = self.dial(receive_buffer, source)
        sock.send(words)
        return sock

    def announce(self, role: str, info_hash: bytes, receive_buffer: int = 0) -> socket.socket:
        return self.say(tls_endpoint.announce(role, info_hash), receive_buffer)

    def pair(self, receive_buffer: int = 0) -> tuple[socket.socket, socket.socket]:
        """Both are held."""
        info_hash = secrets.token_bytes(32)
        ends = self.announce("bridge", info_hash), self.announce("broker", info_hash, receive_buffer)
        self.held += ends
        for sock in ends:
            sock.setblocking(False)
        return ends

    def hold(self, most: int, dial: Callable[[], socket.socket]) -> None:
        """One more, as long as there are not so many; the relay may have closed some."""
        if len(self.held) < most:
            self.held.append(dial())
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

    def drip(self, words: bytes, source: str = ADDRESS) -> None:
        """500 connections that say the same, a byte every second; behind the last, nothing."""
        self.hold(DRIPS, lambda: self.dial(source=source))
        if time.monotonic() - self.dripped_s > DRIP_S:
            self.dripped_s = time.monotonic()
            for sock in self.held:
                place = self.dripped.get(sock, 0)
                self.dripped[sock] = place + 1
                with contextlib.suppress(OSError):
                    sock.send(words[place : place + 1])

    def say_and_leave(self, words: bytes, source: str = ADDRESS) -> None:
        """Says all of it, unless the relay has heard enough before, and resets."""
        sock = self.dial(source=source)
        with contextlib.suppress(OSError):
            sock.sendall(words)
        reset(sock)


def reset(sock: socket.socket) -> None:
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
    sock.close()
