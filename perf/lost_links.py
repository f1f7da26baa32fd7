"""Links whose endpoints are gone without a word, and what the relay makes of that."""
from __future__ import annotations

import time

from delayed_network import DelayedNetwork
from dialler import Dialler
from tcp_keepalive import Keepalive, Series, unacknowledged
from tcp_links import Link, Looks, RelaySockets

WAITING, SILENT, BUSY = "waiting, silent", "paired, silent", "paired, bytes under way"
TOLD = ": the other end"
ALREADY_GONE = "none"
BYTES = bytes(1000)
PATIENCE_S = 5  # beyond the time by which all is due


class Loss:
    """One of them: seconds until the relay has let go of it, and until its counterpart, if any, is
    told.
    """

    def __init__(self, link: Link, counterpart: Link | None = None) -> None:
        self.link, self.counterpart = link, counterpart
        self.released_after_s: float | None = None
        self.told_after_s: float | None = None

    def begin(self, kind: str, sockets: RelaySockets, inode: str) -> None:
        """The network is cut; from the last that came, or from bytes of now, time counts."""
        self.link.look()
        self.sockets, self.inode, self.since_s = sockets, inode, self.link.heard_s
        if kind == BUSY:
            self.since_s = time.monotonic()
            self.counterpart.sock.sendall(BYTES)

    def look(self) -> None:
        now_s = time.monotonic()
        if self.released_after_s is None and self.inode not in self.sockets.held:
            self.released_after_s = now_s - self.since_s
        if self.counterpart and self.told_after_s is None and self.counterpart.has_ended():
            self.told_after_s = now_s - self.since_s

    def is_over(self) -> bool:
        is_told = self.counterpart is None or self.told_after_s is not None
        return is_told and self.released_after_s is not None


class LostLinks:
    """So many of each kind at each relay."""

    def __init__(self, count: int, keepalive: Keepalive, user_timeout: int) -> None:
        self.count, self.every = count, keepalive.every()
        silent = keepalive.silent(user_timeout)
        self.windows = {WAITING: silent, SILENT: silent, BUSY: unacknowledged(user_timeout)}
        self.by_kind: dict[tuple[str, str], list[Loss]] = {}

    def open(self, dialler: Dialler, network: DelayedNetwork) -> None:
        for kind in self.windows:
            losses = self.by_kind[kind, dialler.tls] = []
            for _ in range(self.count):
                if kind == WAITING:
                    losses.append(Loss(dialler.waiting(network.far)))
                else:
                    losses.append(Loss(*dialler.pair(network.far, network.near)))

    def watch(self, diallers: list[Dialler], network: DelayedNetwork, looks: Looks) -> None:
        relays = {dialler.tls: RelaySockets(dialler.relay.process.pid) for dialler in diallers}
        inodes = {tls: sockets.inodes() for tls, sockets in relays.items()}
        losses = [loss for losses in self.by_kind.values() for loss in losses]
        # From the answer to a keepalive segment on, both ends agree how long it has been silent.
        looks.until_probed([loss.link for loss in losses], 1, self.every.latest + PATIENCE_S)
        network.cut()
        for (kind, tls), lost in self.by_kind.items():
            for loss in lost:
                ends = loss.link.sock.getpeername(), loss.link.sock.getsockname()
                loss.begin(kind, relays[tls], inodes[tls].get(ends, ALREADY_GONE))

        def look() -> None:
            for sockets in relays.values():
                sockets.look()
            for loss in losses:
                loss.look()

        limit_s = max(window.latest for window in self.windows.values()) + PATIENCE_S
        looks.until(lambda: all(loss.is_over() for loss in losses), look, limit_s)

    def series(self) -> list[Series]:
        result = []
        for (kind, tls), losses in self.by_kind.items():

            def add(name: str, times: list[float | None]) -> None:
                seen = [time_s for time_s in times if time_s is not None]
                result.append(Series(name, tls, self.windows[kind], self.count, seen))

            add(kind, [loss.released_after_s for loss in losses])
            if kind != WAITING:
                add(kind + TOLD, [loss.told_after_s for loss in losses])
        return result
