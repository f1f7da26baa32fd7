"""Idle links, waiting and paired, and the keepalive segments that come to them."""
from __future__ import annotations

from delayed_network import Host
from dialler import Dialler
from tcp_keepalive import Keepalive, Series
from tcp_links import Link, Looks

PATIENCE_S = 5  # beyond the time by which all is due


class IdleLinks:
    """So many of each kind at each relay."""

    def __init__(self, count: int, intervals: int, keepalive: Keepalive) -> None:
        self.count, self.intervals, self.window = count, intervals, keepalive.every()
        self.by_kind: dict[tuple[str, str], list[Link]] = {}

    def open(self, dialler: Dialler, host: Host) -> None:
        waiting = self.by_kind["waiting", dialler.tls] = []
        paired = self.by_kind["paired", dialler.tls] = []
        for _ in range(self.count):
            waiting.append(dialler.waiting(host))
            paired += dialler.pair(host, host)

    def watch(self, looks: Looks) -> None:
        links = [link for links in self.by_kind.values() for link in links]
        probes = self.intervals + 1
        looks.until_probed(links, probes, probes * self.window.latest + PATIENCE_S)

    def series(self) -> list[Series]:
        result = []
        for (kind, tls), links in self.by_kind.items():
            # The first interval began before anybody looked.
            times = [time for link in links for time in link.intervals_s[1 : self.intervals + 1]]
            result.append(Series(kind, tls, self.window, self.intervals * len(links), times))
        return result
