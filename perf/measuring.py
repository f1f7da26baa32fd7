"""What the measuring tools in Python have in common: the relay that they measure, how they are
called, and how they report.
"""
from __future__ import annotations

import argparse
import json
import os
import pathlib
import platform
import shlex
import signal
import statistics
import subprocess
import sys
import threading
import time
from typing import Callable, Iterable, NoReturn, Sequence

ROOT = pathlib.Path(__file__).resolve().parent.parent
LAUNCHER = str(ROOT / "beacon")
TLS = ("off", "self-signed")
CONFIG = str(ROOT / "perf" / "relay.properties")
EXIT_FAILED, EXIT_USAGE, EXIT_UNAVAILABLE = 1, 64, 69
READY_TIMEOUT_S = 60
STOP_TIMEOUT_S = 5


class Unavailable(Exception):
    """Something that a measurement needs is not there; the message says what to do."""


class Relay:
    """A relay, on some host, that can be dialled. Use it in a with statement.

    Its standard error is the tool's, so that what it complains of is seen.
    """

    def __init__(self, tls: str, *options: str, address: str = "127.0.0.1",
                 command: Sequence[str] = (LAUNCHER,)) -> None:
        self.address = address
        self.command = [*command, "relay", "--listen", f"{address}:0", "--tls", tls,
                        "--admin", "127.0.0.1:0", "--config", CONFIG, *options]

    def __enter__(self) -> Relay:
        begun_s = time.monotonic()
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, text=True)
        try:
            self.port = self.await_ready()
            self.ready_after_s = time.monotonic() - begun_s
        except BaseException:
            self.stop()
            raise
        return self

    def await_ready(self) -> int:
        patience = threading.Timer(READY_TIMEOUT_S, self.process.kill)
        patience.start()
        try:
            for line in self.process.stdout:
                if line.startswith("ready "):
                    self.admin = line.split(" admin=")[1].split()[0]
                    return int(line.split(" listen=")[1].split()[0].rsplit(":", 1)[1])
        finally:
            patience.cancel()
        raise Unavailable(f"the relay did not become ready: exit code {self.process.wait()}")

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(STOP_TIMEOUT_S)
        except subprocess.TimeoutExpired:
            self.process.kill()  # it drains pairs that nobody will end
            self.process.wait()
        self.process.stdout.close()

    def __exit__(self, *_: object) -> None:
        self.stop()


class Arguments(argparse.ArgumentParser):
    """A command line. A wrong one ends the tool with the exit code that it has in all of Beacon."""

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(EXIT_USAGE, f"{self.prog}: {message}\n")


def at_least(least: int) -> Callable[[str], int]:
    """The type of a number on the command line."""

    def number(text: str) -> int:
        if not text.isdecimal() or int(text) < least:
            raise argparse.ArgumentTypeError(f"{text!r} is not a number from {least} on")
        return int(text)

    return number


def new_file(text: str) -> pathlib.Path:
    """The type of a file to write: found out before the measurement, not behind it."""
    file = pathlib.Path(text)
    if file.is_dir() or not os.access(file if file.exists() else file.parent, os.W_OK):
        raise argparse.ArgumentTypeError(f"{text!r} cannot be written")
    return file


def run(name: str, main: Callable[[], int]) -> NoReturn:
    """Runs a tool: an interrupt of either kind cleans up, and what is not there is said."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    signal.signal(signal.SIGINT, signal.default_int_handler)  # may be ignored in the background
    try:
        sys.exit(main())
    except Unavailable as problem:
        tell(name, str(problem))
        sys.exit(EXIT_UNAVAILABLE)
    except KeyboardInterrupt:
        tell(name, "interrupted")
        sys.exit(EXIT_FAILED)


def end_quietly() -> None:
    """For a process that a tool has forked: what ends the tool's work ends its process."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the tool hears of it, and ends this one


def attempt(measure: Callable[[], None], has_begun: Callable[[], bool]) -> str | None:
    """Measures, and says why that did not come to its end. What is missing before anything was seen
    is left to run().
    """
    try:
        measure()
    except KeyboardInterrupt:
        return "interrupted"
    except OSError as failure:
        return failure.strerror or str(failure)
    except Unavailable as failure:
        if has_begun():
            return str(failure)
        raise
    return None


def tell(name: str, progress: str) -> None:
    print(f"{name}: {progress}", file=sys.stderr, flush=True)


def facts() -> dict[str, str]:
    """What a reader has to know about machine and relay to judge the figures. Builds the relay if
    need be, so that this is done before a clock runs.
    """
    load = pathlib.Path("/proc/loadavg").read_text().strip()
    told = subprocess.run([LAUNCHER, "version"], stdout=subprocess.PIPE, text=True)
    if told.returncode != 0:
        raise Unavailable("there is no relay to measure; the reason is above")
    version = dict(line.split(maxsplit=1) for line in told.stdout.splitlines())
    changed = " with changes" if first_line("git", "-C", str(ROOT), "status", "--porcelain") else ""
    return {
        "kernel": f"{platform.system()} {platform.release()}",
        "CPU": f"{cpu_model()}, usable cores: {len(os.sched_getaffinity(0))}",
        "load": f"{load} before the run",
        "JDK": version["jdk"],
        "commit": version["commit"] + changed,
        "command": shlex.join(["perf/" + os.path.basename(sys.argv[0]), *sys.argv[1:]]),
    }


def cpu_model() -> str:
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.split(":", 1)[1].strip()
    return platform.machine()


def first_line(*command: str) -> str:
    """What a program says first; nothing if it fails or is not there."""
    try:
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    except FileNotFoundError:
        return ""
    return (done.stdout.splitlines() or [""])[0] if done.returncode == 0 else ""


def headline(problem: str | None, known: dict[str, str]) -> str:
    """How every report begins."""
    begin = f"INCOMPLETE: {problem}; what follows is what there is\n\n" if problem else ""
    return begin + "".join(f"{name:<8} {fact}\n" for name, fact in known.items())


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table with aligned columns."""
    lines = [list(titles), ["---"] * len(titles), *map(list, rows)]
    widths = [max(map(len, column)) for column in zip(*lines)]
    padded = ([cell.ljust(width) for cell, width in zip(line, widths)] for line in lines)
    return "".join(f"| {' | '.join(line)} |\n" for line in padded)


def spread(figures: Sequence[float], digits: int, sign: str = "") -> str:
    """`median (min-max)`; with the sign "+", of differences."""
    if not figures:
        return "-"
    median, low, high = (
        f"{figure:{sign}.{digits}f}"
        for figure in (statistics.median(figures), min(figures), max(figures))
    )
    return f"{median} ({low}{' to ' if sign else '-'}{high})"


def percentiles(figures: Sequence[float], digits: int) -> list[str]:
    """Minimum, median, p99 and maximum."""
    ordered = sorted(figures)
    if not ordered:
        return ["-"] * 4
    p99 = ordered[-(-99 * len(ordered) // 100) - 1]
    shown = ordered[0], statistics.median(ordered), p99, ordered[-1]
    return [f"{figure:.{digits}f}" for figure in shown]


def write_json(file: pathlib.Path, content: object) -> None:
    file.write_text(json.dumps(content, indent=1) + "\n")
