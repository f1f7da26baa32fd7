"""What the kernel makes of TCP keepalive and TCP_USER_TIMEOUT (tcp(7)), and within which times that
has to be seen. All times in seconds.
"""
from __future__ import annotations

import argparse
import math
import re
from typing import NamedTuple

# A timer of the kernel fires late by up to one step of the wheel it hangs in, and a step is at most
# this share of the time it was set to (kernel/time/timer.c). It never fires early.
TIMER_SLACK = 8 / 63
# What a busy machine adds, to what is seen and to the look at it.
SCHEDULING_S = 0.1
# TCP_USER_TIMEOUT counts from the first retransmission. Before that come a tail loss probe and the
# retransmission timeout, of 200 ms each where the round trip is short.
FIRST_RETRANSMISSION_S = 0.5

UNITS = {"s": 1, "m": 60}


class Window(NamedTuple):
    """When something is due: `configured`, but no earlier and no later than the others."""

    configured: float
    earliest: float
    latest: float

    def holds(self, time: float) -> bool:
        return self.earliest <= time <= self.latest


class Series(NamedTuple):
    """Times of one kind, on links with one kind of TLS. So many as are due had to be seen."""

    name: str
    tls: str
    window: Window
    due: int
    times: list[float]

    @property
    def within(self) -> int:
        return sum(map(self.window.holds, self.times))


class Keepalive(NamedTuple):
    """--keepalive of the relay."""

    idle: int
    interval: int
    count: int

    @property
    def death(self) -> int:
        return self.idle + self.interval * self.count

    def every(self) -> Window:
        """From one answered probe to the next. The timer that is set behind a probe is that for the
        next unanswered one; it finds the answer, and goes on to the end of `idle` if that is later.

        >>> Keepalive(2, 1, 3).every().configured
        2
        >>> Keepalive(2, 5, 3).every().configured
        5
        """
        return late(max(self.idle, self.interval))

    def silent(self, user_timeout: int) -> Window:
        """From the last segment of an endpoint until it counts as dead. TCP_USER_TIMEOUT decides,
        whatever `count` says, but nobody looks except when a probe is due.

        >>> Keepalive(30, 10, 3).silent(60).configured
        60
        >>> Keepalive(30, 10, 3).silent(45).configured
        50
        >>> Keepalive(30, 10, 3).silent(5).configured
        40
        >>> round(Keepalive(30, 10, 3).silent(60).latest, 1)
        67.7
        """
        probes = max(1, math.ceil((user_timeout - self.idle) / self.interval))
        window = late(self.idle + probes * self.interval)
        return window._replace(earliest=max(user_timeout, self.idle + self.interval) - SCHEDULING_S)


def unacknowledged(user_timeout: int) -> Window:
    """From bytes sent to a dead endpoint until it counts as dead.

    >>> unacknowledged(60).configured
    60
    """
    latest = late(user_timeout + FIRST_RETRANSMISSION_S).latest
    return late(user_timeout)._replace(latest=latest)


def late(configured: float) -> Window:
    latest = configured * (1 + TIMER_SLACK) + SCHEDULING_S
    return Window(configured, configured - SCHEDULING_S, latest)


def parse(text: str) -> Keepalive:
    """
    >>> parse("30s,10s,3")
    Keepalive(idle=30, interval=10, count=3)
    """
    parts = text.split(",")
    if len(parts) != 3 or not parts[2].isdecimal() or int(parts[2]) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not IDLE,INTERVAL,COUNT such as 30s,10s,3")
    return Keepalive(seconds(parts[0]), seconds(parts[1]), int(parts[2]))


def seconds(text: str) -> int:
    """
    >>> seconds("2m")
    120
    """
    time = re.fullmatch(r"([1-9]\d*)([sm])", text)
    if not time:
        raise argparse.ArgumentTypeError(f"{text!r} is not whole seconds or minutes: 10s, 1m")
    return int(time[1]) * UNITS[time[2]]
