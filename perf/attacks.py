"""What hostile strangers do to a relay, each from an address of their own on this host, bounded in
number and with the least claim to a processor.

An attack is called over and over, with what it holds open, until its time is over; then all it
holds is closed.
"""
from __future__ import annotations

import contextlib
import os
import random
import secrets
import signal
import socket
import time
from typing import Callable, NamedTuple

import false_clock
import measuring
from attacks_by_proxy import proxy_headers, slow_header, sources
from attacks_by_tls import half_handshakes, malformed_tls, slow_hello, unfinished_records
from target import BREATH_S, Target, reset, tls_endpoint

ONE_HASH = secrets.token_bytes(32)
BYTES = secrets.token_bytes(64 << 10)
JUMPS_S = (1, 60, 3600, false_clock.DAY_S, 400 * false_clock.DAY_S)
CROWD = [f"127.0.66.{number}" for number in range(100, 140)]


def connects(target: Target) -> None:
    """Connections that say nothing and are reset at once."""
    reset(target.dial())


def silent(target: Target) -> None:
    """2,000 connections that say nothing and stay."""
    target.hold(2000, target.dial)


def slow(target: Target) -> None:
    """500 announces of which a byte comes every second."""
    target.drip(tls_endpoint.announce("bridge", ONE_HASH))


def half_announces(target: Target) -> None:
    """500 announces that stop half way."""
    target.hold(500, lambda: target.say(tls_endpoint.announce("bridge", ONE_HASH)[:24]))


def hashes(target: Target) -> None:
    """10,000 links, each waiting with an info_hash of its own."""
    target.hold(10_000, lambda: target.announce("bridge", secrets.token_bytes(32)))


def one_hash(target: Target) -> None:
    """2,000 links, all waiting with the same info_hash."""
    target.hold(2000, lambda: target.announce("bridge", ONE_HASH))


def colliding(target: Target) -> None:
    """2,000 links whose info_hashes differ in two bytes: where a hash without a key would put all in one place."""
    place = target.begun % 31
    number = (target.begun % 65536).to_bytes(2, "big")
    target.hold(2000, lambda: target.announce("bridge", bytes(place) + number + bytes(30 - place)))


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
    if len(target.held) < 1000:
        bridge, _ = target.pair()
        bridge.shutdown(socket.SHUT_WR)
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
    target.say_and_leave(kinds[target.begun % len(kinds)])


def crowd(target: Target) -> None:
    """As many waiting links as the relay takes, from 40 addresses."""
    words = tls_endpoint.announce("bridge", secrets.token_bytes(32))
    target.hold(6000, lambda: target.say(words, source=random.choice(CROWD)))


def clock_jumps(target: Target) -> None:
    """Nobody attacks: the relay's wall clock goes back and forth, by a second or by a year."""
    false_clock.set_by(target.clock, random.choice((-1, 1)) * random.choice(JUMPS_S))
    time.sleep(0.1)
    target.begun += 1


def pause(target: Target) -> None:
    """Nobody attacks: the relay is stopped and goes on, half a second each."""
    for number in (signal.SIGSTOP, signal.SIGCONT):
        os.kill(target.pid, number)
        time.sleep(0.5)
    target.begun += 1


class Attack(NamedTuple):
    """One; whether honest users may have to wait for it, or are turned away; and what has to be the
    matter with the relay.
    """

    work: Callable[[Target], None]
    delays: bool = False
    fills: bool = False
    tls: str = ""  # as asked for
    false_clock: bool = False
    little_memory: bool = False

    @property
    def name(self) -> str:
        return self.work.__name__.replace("_", "-")


ATTACKS = [
    Attack(connects), Attack(silent), Attack(slow), Attack(half_announces), Attack(hashes), Attack(one_hash),
    Attack(colliding), Attack(resets), Attack(half_open), Attack(unread), Attack(small_windows), Attack(garbage),
    Attack(proxy_headers), Attack(slow_header), Attack(sources), Attack(pause, delays=True),
    Attack(malformed_tls, tls="self-signed"), Attack(slow_hello, tls="self-signed"), Attack(half_handshakes, tls="self-signed"),
    Attack(unfinished_records, tls="self-signed"),
    Attack(clock_jumps, false_clock=True), Attack(crowd, fills=True, tls="off", little_memory=True),
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
