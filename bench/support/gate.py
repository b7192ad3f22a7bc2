"""Tells, when a measured server stops, how long it held the write gate at most."""

import atexit
import re
import sys

from portal.persistence.transaction import GateClock

_TOLD = "write-gate-held-at-most"


def tell_at_exit() -> None:
    """Write the figure on the error stream when this process ends."""
    atexit.register(lambda: print(f"{_TOLD} {GateClock.longest:.6f}", file=sys.stderr, flush=True))


def read(log: str) -> float:
    """Read the seconds from what a server wrote."""
    told = re.search(rf"{_TOLD} ([0-9.]+)", log)
    return float(told[1]) if told else float("nan")
