"""The only way to write: one short transaction at a time, durable when it returns."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event
from sqlalchemy.orm import Session

from portal.extensions import db
from portal.turnstile import aside

# One process writes to SQLite: its threads queue here, fairly, rather than in SQLite's own back-off.
_GATE = threading.Lock()


class WroteOutsideTransaction(RuntimeError):
    """A row was about to be written outside `write_tx`: a mistake of ours."""


class GateClock:
    """The longest time the gate was held, in seconds; benchmarks read it."""

    longest = 0.0


@contextmanager
def write_tx() -> Iterator[Session]:
    """Open a transaction that writes, commit it at the end, undo all of it on any error.

    The read snapshot of the request ends first, so re-read inside what the write depends on. No slow
    work inside: no password hashing, no rendering, no network.
    """
    session = db.session()
    session.commit()
    with _gate():
        begun = time.perf_counter()
        session.info["writes"] = True
        try:
            session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
            yield session
            with aside():
                session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info["writes"] = False
            GateClock.longest = max(GateClock.longest, time.perf_counter() - begun)


@contextmanager
def _gate() -> Iterator[None]:
    """Queue to write. Nobody waits here with the turn in hand: who has the gate may always wait for the turn."""
    if db.engine.dialect.name != "sqlite":
        # PostgreSQL has its own queue, row by row.
        yield
        return
    with aside():
        _GATE.acquire()
    try:
        yield
    finally:
        _GATE.release()


@event.listens_for(Session, "before_flush")
def _refuse_stray_writes(session: Session, *_: object) -> None:
    if not session.info.get("writes"):
        raise WroteOutsideTransaction
