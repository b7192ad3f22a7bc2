"""The only way to write: one short transaction at a time, durable when it returns."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from sqlalchemy import event
from sqlalchemy.orm import Session

from portal.extensions import db

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
    # PostgreSQL has its own queue, row by row.
    with _GATE if db.engine.dialect.name == "sqlite" else nullcontext():
        begun = time.perf_counter()
        session.info["writes"] = True
        try:
            session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
            yield session
            session.commit()
        except BaseException:
            session.rollback()
            raise
        finally:
            session.info["writes"] = False
            GateClock.longest = max(GateClock.longest, time.perf_counter() - begun)


@event.listens_for(Session, "before_flush")
def _refuse_stray_writes(session: Session, *_: object) -> None:
    if not session.info.get("writes"):
        raise WroteOutsideTransaction
