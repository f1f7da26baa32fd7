"""A wall clock of a process's own, which can be set while it runs. The time since the machine was
started, by which it measures how long something takes, stays what it is.
"""
from __future__ import annotations

import datetime
import glob
import json
import pathlib
import tempfile
import urllib.request

import measuring

LIBRARIES = "/usr/lib/*/faketime/libfaketimeMT.so.1"
SHARED_MEMORY = pathlib.Path("/dev/shm")
DAY_S = 86_400


class Missing(measuring.Unavailable):
    """What makes a clock false is not installed."""


class FalseClock:
    """Use it in a with statement, around the program that its launcher becomes."""

    def __init__(self) -> None:
        found = glob.glob(LIBRARIES)
        if not found:
            raise Missing("no libfaketime: apt-get install faketime")
        self.library = found[0]

    def __enter__(self) -> FalseClock:
        self.folder = tempfile.TemporaryDirectory(prefix="beacon-clock-")
        folder = pathlib.Path(self.folder.name)
        folder.chmod(0o755)  # the process may be another user's
        self.file = folder / "offset"
        set_by(self.file, 0)
        return self

    def __exit__(self, *_: object) -> None:
        self.folder.cleanup()

    def launcher(self) -> list[str]:
        """What becomes a program that has this clock. It is that program's user who has to begin with it."""
        return [
            "env",
            f"LD_PRELOAD={self.library}",
            f"FAKETIME_TIMESTAMP_FILE={self.file}",
            "FAKETIME_NO_CACHE=1",
            "FAKETIME_DONT_FAKE_MONOTONIC=1",
            "NO_FAKE_STAT=1",
        ]

    def require_followed(self, relay: measuring.Relay) -> None:
        """Or nothing that is done to this clock would mean anything."""
        set_by(self.file, -DAY_S)
        with urllib.request.urlopen(f"http://{relay.admin}/disclose", timeout=10) as answer:
            at = datetime.datetime.fromisoformat(json.load(answer)["at"].replace("Z", "+00:00"))
        set_by(self.file, 0)
        behind = datetime.datetime.now(datetime.timezone.utc) - at
        if abs(behind.total_seconds() - DAY_S) > DAY_S / 2:
            raise measuring.Unavailable(f"the relay does not follow the false clock: it says {at}")


def forget(pid: int) -> None:
    """What the library leaves behind of a process that ends without a word to its libraries, as Java does."""
    for left in SHARED_MEMORY.glob(f"*faketime_*_{pid}"):
        left.unlink(missing_ok=True)


def set_by(file: pathlib.Path, seconds: int) -> None:
    """In one step, so that nobody reads half of it."""
    new = file.with_suffix(".new")
    new.write_text(f"{seconds:+d}\n")
    new.chmod(0o644)
    new.replace(file)
