"""What was seen of a relay under attack, and how it is told."""
from __future__ import annotations

from typing import NamedTuple

import measuring
from attacks import Attack
from honest_pairs import Times

QUIET, BUSY = "none", "none, busy"
RECOVERY_S = 30
ALLOWED_RATIO = 3
RELAY_FULL = "type 4, code 8"
TITLES = ("attack", "relay", "connections", "p50 ms", "p99 ms", "x quiet", "x busy", "max ms", "newcomers",
          "p99 ms", "turned away", "RSS MiB", "descriptors", "as before after s")  # fmt: skip


class Taken(NamedTuple):
    """What a process has at one moment."""

    rss_bytes: int
    descriptors: int


class Phase(NamedTuple):
    """A time in which something was done to a relay, and what that was."""

    attack: str
    relay: str
    begun_s: float
    ended_s: float
    connections: int
    most: Taken
    recovered_s: float | None  # None: not within RECOVERY_S
    delays: bool
    fills: bool

    def has(self, moment_s: float) -> bool:
        return self.begun_s <= moment_s < self.ended_s


class Row(NamedTuple):
    """A phase, and what honest users had of it."""

    phase: Phase
    answers_ms: list[float]
    newcomers_ms: list[float]
    turned_away: int

    @property
    def p99_ms(self) -> float:
        return p99(self.answers_ms)


def p99(times: list[float]) -> float:
    ordered = sorted(times)
    return ordered[-(-99 * len(ordered) // 100) - 1] if ordered else float("nan")


class Report:
    """Of one run, as far as it got."""

    def __init__(self) -> None:
        self.phases: list[Phase] = []
        self.times = Times([], [], [], [])
        self.left_out: list[str] = []

    def add_times(self, times: Times) -> None:
        for all_of_a_kind, more in zip(self.times, times):
            all_of_a_kind += more

    def leave_out(self, attacks: list[Attack], reason: measuring.Unavailable) -> None:
        self.left_out += [f"{attack.name}: left out: {reason}" for attack in attacks]

    def rows(self) -> list[Row]:
        def within(phase: Phase, times: list[tuple[float, float]]) -> list[float]:
            return [took * 1000 for due, took in times if phase.has(due)]

        return [
            Row(one, within(one, self.times.answers), within(one, self.times.newcomers),
                sum(one.has(due) for due, _ in self.times.turned_away))
            for one in self.phases
        ]  # fmt: skip

    def table(self) -> str:
        rows = self.rows()
        known = {(row.phase.relay, row.phase.attack): row.p99_ms for row in rows}

        def ratio(row: Row, base: str) -> str:
            base_ms = known.get((row.phase.relay, base))
            return f"{row.p99_ms / base_ms:.2f}" if base_ms else "-"

        def cells(row: Row) -> list[str]:
            phase = row.phase
            _, p50, p99_text, most = measuring.percentiles(row.answers_ms, 2)
            return [
                phase.attack,
                phase.relay,
                str(phase.connections),
                p50,
                p99_text,
                ratio(row, QUIET),
                ratio(row, BUSY),
                most,
                str(len(row.newcomers_ms)),
                measuring.percentiles(row.newcomers_ms, 2)[2],
                str(row.turned_away),
                f"{phase.most.rss_bytes / 2**20:.0f}",
                str(phase.most.descriptors),
                "never" if phase.recovered_s is None else f"{phase.recovered_s:.1f}",
            ]

        return "\n" + measuring.table(TITLES, map(cells, rows))

    def failures(self) -> str | None:
        """What no attack may do, however slow the machine is."""
        full = [phase for phase in self.phases if phase.fills]

        def is_due_to_fullness(due_s: float, why: str) -> bool:
            # Until all that filled it is gone.
            return RELAY_FULL in why and any(
                phase.begun_s <= due_s < phase.ended_s + (phase.recovered_s or 0) for phase in full
            )

        found = list(self.times.lost)
        found += [f"a newcomer: {why}" for at, why in self.times.turned_away if not is_due_to_fullness(at, why)]
        found = found[:5]
        found += [f"{one.attack}: not as before" for one in self.phases if one.recovered_s is None]
        return "; ".join(found) or None

    def notes(self) -> str:
        rows = self.rows()
        notes = self.left_out[:]
        busy_ms = {row.phase.relay: row.p99_ms for row in rows if row.phase.attack == BUSY}
        for row in rows:
            base_ms = busy_ms.get(row.phase.relay)
            if base_ms and not row.phase.delays and row.p99_ms > ALLOWED_RATIO * base_ms:
                notes.append(f"{row.phase.attack}: honest pairs waited {row.p99_ms / base_ms:.1f} times as long")
        return "".join(f"\nnote: {note}\n" for note in notes)

    def as_json(self, problem: str | None, known: dict[str, str]) -> dict[str, object]:
        return {
            "complete": problem is None,
            "facts": known,
            "phases": [
                {**row.phase._asdict(), "most": row.phase.most._asdict(), "answers_ms": row.answers_ms,
                 "newcomers_ms": row.newcomers_ms, "turned_away": row.turned_away}
                for row in self.rows()
            ],
            "lost": self.times.lost,
            "turned_away": self.times.turned_away,
            "left_out": self.left_out,
        }  # fmt: skip
