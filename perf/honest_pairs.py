"""Pairs whose users want an answer, and users who come meanwhile: what others must not disturb."""
from __future__ import annotations

import collections
import contextlib
import multiprocessing
import select
import socket
import struct
import time
from multiprocessing.connection import Connection
from typing import Callable, Iterator, NamedTuple

import measuring
from dialler import Dialler, Here

MESSAGE = struct.Struct(">QII48x")  # number, pair, a mark
MARK = 0xBEAC0
PATIENCE_S = 10
NEWCOMER_S = 0.1  # from one to the next
OPENING_S = 0.02  # slowly, because one address may not open more than 200 links a second


class Times(NamedTuple):
    """When each thing was due, and how long it took from then on, in seconds; what never came, and
    which newcomers did not get in.
    """

    answers: list[tuple[float, float]]
    newcomers: list[tuple[float, float]]
    lost: list[str]
    turned_away: list[tuple[float, str]]


class Exchange:
    """One pair. The broker asks, the bridge gives back what it gets, and answers come in order."""

    def __init__(self, number: int, bridge: socket.socket, broker: socket.socket) -> None:
        self.number, self.bridge, self.broker = number, bridge, broker
        self.asked: collections.deque[tuple[int, float]] = collections.deque()
        self.partial = b""

    def ask(self, number: int, due_s: float) -> None:
        self.asked.append((number, due_s))
        self.broker.send(MESSAGE.pack(number, self.number, MARK))

    def echo(self) -> None:
        received = self.bridge.recv(65536)
        if not received:
            raise ConnectionError("the bridge saw an end")
        self.bridge.send(received)

    def answers(self) -> Iterator[tuple[float, float]]:
        received = self.broker.recv(65536)
        if not received:
            raise ConnectionError("the broker saw an end")
        now_s = time.monotonic()
        self.partial += received
        while len(self.partial) >= MESSAGE.size:
            message, self.partial = self.partial[: MESSAGE.size], self.partial[MESSAGE.size :]
            if not self.asked:
                raise ConnectionError("an answer that nobody has asked for")
            number, due_s = self.asked.popleft()
            if message != MESSAGE.pack(number, self.number, MARK):
                raise ConnectionError("an answer to another question")
            yield due_s, now_s - due_s


class HonestPairs:
    """So many pairs with so many messages a second in all, and ten new pairs a second; in two
    processes of their own. Use it in a with statement.
    """

    def __init__(self, relay: measuring.Relay, tls: str, count: int, rate: float) -> None:
        self.relay, self.tls, self.count, self.rate = relay, tls, count, rate

    def __enter__(self) -> HonestPairs:
        self.processes, self.pipes = [], []
        for work in (self.converse, self.come):
            here, there = multiprocessing.Pipe()
            process = multiprocessing.Process(target=work, args=(there,), daemon=True)
            process.start()
            self.processes.append(process)
            self.pipes.append(here)
        for pipe in self.pipes:
            begun = pipe.recv()
            if begun != "begun":
                raise measuring.Unavailable(f"honest pairs cannot be opened: {begun}")
        return self

    def finish(self) -> Times:
        """Asks no more, and waits for what is under way."""
        for pipe in self.pipes:
            pipe.send("stop")
        (answers, lost), (newcomers, turned_away) = (pipe.recv() for pipe in self.pipes)
        return Times(answers, newcomers, lost, turned_away)

    def __exit__(self, *_: object) -> None:
        for process in self.processes:
            process.terminate()
            process.join()

    # ---- in a process of its own

    def converse(self, parent: Connection) -> None:
        measuring.end_quietly()
        try:
            with Dialler(self.relay, self.tls) as dialler:
                pairs = [self.open(dialler, number) for number in range(self.count)]
                parent.send("begun")
                parent.send(Conversation(pairs, self.rate).run(parent))
                parent.poll(PATIENCE_S)  # the relay sees these pairs end when all is read
        except OSError as failure:
            parent.send(str(failure))

    def open(self, dialler: Dialler, number: int) -> Exchange:
        time.sleep(OPENING_S)
        bridge, broker = dialler.pair(Here(), Here())
        for link in (bridge, broker):
            link.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return Exchange(number, bridge.sock, broker.sock)

    def come(self, parent: Connection) -> None:
        """Newcomers, one after the other. One that is late makes the next ones late."""
        measuring.end_quietly()
        parent.send("begun")
        times, turned_away, due_s = [], [], time.monotonic()
        while not parent.poll(max(0, due_s - time.monotonic())):
            try:
                with Dialler(self.relay, self.tls) as dialler:
                    dialler.pair(Here(), Here())
                    times.append((due_s, time.monotonic() - due_s))
            except (OSError, AssertionError) as failure:
                turned_away.append((due_s, str(failure)))
            due_s = max(due_s + NEWCOMER_S, time.monotonic() - PATIENCE_S)
        parent.send((times, turned_away))


class Conversation:
    """All pairs in turn, at a set rate: what is due while the relay stalls is late, and counted so."""

    def __init__(self, pairs: list[Exchange], rate: float) -> None:
        self.pairs, self.interval_s = pairs, 1 / rate
        self.poll = select.epoll()
        self.ready = {}
        for pair in pairs:
            self.ready[pair.bridge.fileno()] = pair, True
            self.ready[pair.broker.fileno()] = pair, False
        for number in self.ready:
            self.poll.register(number, select.EPOLLIN)
        self.times: list[tuple[float, float]] = []
        self.lost: list[str] = []
        self.broken: set[Exchange] = set()

    def run(self, parent: Connection) -> tuple[list[tuple[float, float]], list[str]]:
        number, begun_s = 0, time.monotonic()
        asking, end_s = True, 0.0
        while asking or (self.open_questions() and time.monotonic() < end_s):
            if asking and parent.poll():
                parent.recv()
                asking, end_s = False, time.monotonic() + PATIENCE_S
            due_s = begun_s + number * self.interval_s
            while asking and due_s <= time.monotonic():
                self.attempt(self.pairs[number % len(self.pairs)], lambda pair: pair.ask(number, due_s))
                number += 1
                due_s = begun_s + number * self.interval_s
            for descriptor, _ in self.poll.poll(max(0.0, min(due_s - time.monotonic(), 0.05))):
                pair, is_bridge = self.ready[descriptor]
                self.attempt(pair, Exchange.echo if is_bridge else self.collect)
        if unanswered := self.open_questions():
            self.lost.append(f"{unanswered} questions without an answer")
        return self.times, self.lost

    def collect(self, pair: Exchange) -> None:
        self.times.extend(pair.answers())

    def attempt(self, pair: Exchange, step: Callable[[Exchange], None]) -> None:
        if pair in self.broken:
            return
        try:
            step(pair)
        except OSError as failure:
            self.broken.add(pair)
            self.lost.append(f"a pair: {failure}")
            with contextlib.suppress(OSError):
                self.poll.unregister(pair.bridge)
                self.poll.unregister(pair.broker)

    def open_questions(self) -> int:
        return sum(len(pair.asked) for pair in self.pairs)
