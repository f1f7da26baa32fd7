"""A relay that is to be attacked: confined, so that it can run out of what it has."""
from __future__ import annotations

import contextlib
import os
import shutil
from typing import Iterator, NamedTuple

import attacks_by_proxy
import false_clock
import measuring
from attacks import Attack
from false_clock import FalseClock
from target import Target

NOBODY = "65534"
DESCRIPTORS = 6000
# Its heap at its largest (96 MiB), and what a JVM takes besides; 85 MiB are in use once it is ready.
LITTLE_MEMORY_BYTES = 192 << 20
# The relay's defaults, which relays under load do without; but for the first, 4096, which would be
# most of the descriptors that there are.
LIMITS = ("--max-links-per-address", "2000", "--max-pending-per-address", "128",
          "--announce-rate-per-address", "200/s")  # fmt: skip


class Circumstances(NamedTuple):
    """What is the matter with a relay; attacks that need the same share one."""

    tls: str
    false_clock: bool
    little_memory: bool

    @staticmethod
    def of(attack: Attack, tls: str) -> Circumstances:
        return Circumstances(attack.tls or tls, attack.false_clock, attack.little_memory)

    @property
    def label(self) -> str:
        special = ["plain" if self.tls == "off" else "TLS"]
        special += ["false clock"] * self.false_clock + ["little memory"] * self.little_memory
        return ", ".join(special)

    @contextlib.contextmanager
    def relay(self, limits: bool) -> Iterator[tuple[measuring.Relay, FalseClock | None]]:
        options = ["--proxy-protocol-from", f"{attacks_by_proxy.ADDRESS}/32", *(LIMITS if limits else ())]
        with contextlib.ExitStack() as stack:
            clock = stack.enter_context(FalseClock()) if self.false_clock else None
            command = [*self.confined(), *(clock.launcher() if clock else ()), measuring.LAUNCHER]
            relay = measuring.Relay(self.tls, *options, command=command)
            if clock:
                stack.callback(lambda: false_clock.forget(relay.process.pid))
            stack.enter_context(relay)
            if clock:
                clock.require_followed(relay)
            yield relay, clock

    def confined(self) -> list[str]:
        """With few descriptors; and as a user with few pipe pages, if there is a choice."""
        limited = ["prlimit", f"--nofile={DESCRIPTORS}:{DESCRIPTORS}"]
        limited += [f"--data={LITTLE_MEMORY_BYTES}"] * self.little_memory
        nobody = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]
        for program in (limited[0], nobody[0]):
            if not shutil.which(program):
                raise measuring.Unavailable(f"no {program}: apt-get install util-linux")
        return [*nobody, *limited] if os.geteuid() == 0 else limited


def target(relay: measuring.Relay, clock: FalseClock | None) -> Target:
    return Target((relay.address, relay.port), relay.process.pid, clock and clock.file)
