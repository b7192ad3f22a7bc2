"""One answer is worked out at a time, while the others wait for the disk or for their turn.

Python runs one thread at a time, and a thread that answers a pupil hands over dozens of times: at each statement of
SQLite, at each operation of numpy on more than a few hundred numbers. When four pupils answer together, each of
these changes threads, and an answer costs the processor half as much again.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

_TURN = threading.Lock()
_own = threading.local()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Wait for one's turn, and keep it, but while `aside`."""
    with _TURN:
        _own.has_turn = True
        try:
            yield
        finally:
            _own.has_turn = False


@contextmanager
def aside() -> Iterator[None]:
    """Let another have the turn, if one has it, while waiting for anything but the processor."""
    if not getattr(_own, "has_turn", False):
        yield
        return
    _own.has_turn = False
    _TURN.release()
    try:
        yield
    finally:
        _TURN.acquire()
        _own.has_turn = True
