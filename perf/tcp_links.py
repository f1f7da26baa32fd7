"""Links to a relay, as the kernel sees them at both ends: the segments that came to the endpoint,
and the sockets that the relay still holds.
"""
from __future__ import annotations

import os
import socket
import struct
import time
from typing import Callable

# linux/tcp.h, struct tcp_info: tcpi_state, 7 more bytes, 24 fields of 32 bits, 4 of 64 bits,
# tcpi_segs_out, and then tcpi_segs_in. Fields are only ever added behind those.
TCP_INFO = struct.Struct("@B7x96x32x4xI")
TCP_ESTABLISHED = 1
LOOK_S = 0.005
SETTLE_S = 0.5  # for acknowledgements that come late
Address = tuple[str, int]


class Link:
    """An endpoint's link, when the relay sent something on it last, and the intervals before."""

    def __init__(self, sock: socket.socket) -> None:
        sock.setblocking(False)
        self.sock = sock
        _, self.segments = self.tcp_info()
        self.heard_s = time.monotonic()
        self.intervals_s: list[float] = []

    def tcp_info(self) -> tuple[int, int]:
        """Its state, and how many segments have come."""
        info = self.sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, TCP_INFO.size)
        return TCP_INFO.unpack(info)

    def look(self) -> None:
        (state, segments), now_s = self.tcp_info(), time.monotonic()
        if state != TCP_ESTABLISHED:
            return  # the segment that ended it is none of those that are waited for
        for _ in range(segments - self.segments):
            self.intervals_s.append(now_s - self.heard_s)
            self.heard_s = now_s
        self.segments = segments

    def has_ended(self) -> bool:
        """Whether the relay has closed or reset it. Reads what there is."""
        try:
            return not self.sock.recv(65536)
        except BlockingIOError:
            return False
        except OSError:
            return True


class RelaySockets:
    """The sockets that a relay holds. Those of its links are known by their inodes."""

    def __init__(self, pid: int) -> None:
        self.folder = f"/proc/{pid}"
        self.held: set[str] = set()

    def inodes(self) -> dict[tuple[Address, Address], str]:
        """By the address at this end and the one at the other."""
        inodes = {}
        for table in ("tcp", "tcp6"):
            with open(f"{self.folder}/net/{table}") as lines:
                for line in list(lines)[1:]:
                    _, here, there, *_, inode = line.split()[:10]
                    inodes[address(here), address(there)] = inode
        return inodes

    def look(self) -> None:
        names = set()
        for number in os.listdir(f"{self.folder}/fd"):
            try:
                names.add(os.readlink(f"{self.folder}/fd/{number}"))
            except FileNotFoundError:
                pass  # closed since the folder was read
        self.held = {name[len("socket:[") : -1] for name in names if name.startswith("socket:[")}


class Looks:
    """Looks over and over. The longest time between two looks is the error of what was seen."""

    longest_gap_s = 0.0

    def until(self, is_over: Callable[[], bool], look: Callable[[], None], limit_s: float) -> None:
        before_s = time.monotonic()
        end_s = before_s + limit_s
        while not is_over() and before_s < end_s:
            time.sleep(LOOK_S)
            look()
            now_s = time.monotonic()
            self.longest_gap_s = max(self.longest_gap_s, now_s - before_s)
            before_s = now_s

    def until_probed(self, links: list[Link], probes: int, limit_s: float) -> None:
        """Until each link, idle by now, has got so many keepalive segments."""

        def look() -> None:
            for link in links:
                link.look()

        self.until(lambda: False, look, SETTLE_S)
        for link in links:
            link.intervals_s.clear()
        self.until(lambda: all(len(link.intervals_s) >= probes for link in links), look, limit_s)


def address(text: str) -> Address:
    """An address as /proc/net/tcp writes it. An IPv4 one stands at the end of a mapped one, too.

    >>> address("0200630A:01BB")
    ('10.99.0.2', 443)
    """
    host, port = text.split(":")
    return socket.inet_ntoa(bytes.fromhex(host[-8:])[::-1]), int(port, 16)
