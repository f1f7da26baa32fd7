"""Endpoints that announce to a relay and then say no more, from one host or another."""
from __future__ import annotations

import contextlib
import secrets
import socket
import struct
import sys

import measuring
from delayed_network import Host
from tcp_links import Link

sys.path.append(str(measuring.ROOT / "relay/testing/src/main/python"))
import tls_endpoint  # noqa: E402

TIMEOUT_S = 10
RESET_ON_CLOSE = struct.pack("ii", 1, 0)  # or the relay would wait for the other end's FIN


class Plain:
    """A link without outer TLS, in the manner of those in tls_endpoint."""

    def __init__(self, sock: socket.socket) -> None:
        self.sock, self.send, self.receive = sock, sock.sendall, sock.recv


class Here:
    """This host, where it stands beside others."""

    def inside(self) -> contextlib.AbstractContextManager[None]:
        return contextlib.nullcontext()


class Dialler:
    """Opens links to one relay, and closes them all at the end. Use it in a with statement."""

    def __init__(self, relay: measuring.Relay, tls: str) -> None:
        self.relay, self.tls = relay, tls
        self.sockets: list[socket.socket] = []

    def waiting(self, host: Host | Here) -> Link:
        return Link(self.announced(host, "bridge", secrets.token_bytes(32)).sock)

    def pair(self, bridge_host: Host | Here, broker_host: Host | Here) -> tuple[Link, Link]:
        info_hash = secrets.token_bytes(32)
        bridge = self.announced(bridge_host, "bridge", info_hash)
        broker = self.announced(broker_host, "broker", info_hash)
        expect(tls_endpoint.PAIRED, bridge)
        if self.tls != "off":
            tls_endpoint.switch_over(bridge)
            tls_endpoint.switch_over(broker)
        return Link(bridge.sock), Link(broker.sock)

    def announced(self, host: Host | Here, role: str, info_hash: bytes) -> Plain | tls_endpoint.OverBio:
        """The bridge first: it waits, and the broker finds it."""
        with host.inside():
            sock = socket.create_connection((self.relay.address, self.relay.port), TIMEOUT_S)
        self.sockets.append(sock)
        link = Plain(sock) if self.tls == "off" else tls_endpoint.OverBio(sock, exact=False)
        link.send(tls_endpoint.announce(role, info_hash))
        expect(tls_endpoint.WAITING if role == "bridge" else tls_endpoint.PAIRED, link)
        return link

    def __enter__(self) -> Dialler:
        return self

    def __exit__(self, *_: object) -> None:
        for sock in self.sockets:
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
            sock.close()


def expect(kind: int, link: Plain | tls_endpoint.OverBio) -> None:
    got, code, _ = tls_endpoint.frame(link)
    if got != kind:
        raise ConnectionError(f"a frame of type {got}, code {code}, instead of type {kind}")
