"""Make the demonstration school behind the visitor's back: one at a time, in a thread of this process."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, select, update

from portal import clock
from portal.bank.loader import Bank
from portal.extensions import db
from portal.persistence.models import AuditEvent
from portal.persistence.transaction import write_tx
from portal.services import demonstration
from portal.services.demonstration import Credentials, Founded, Progress
from portal.services.demonstration_play import Stopped

_LOG = logging.getLogger(__name__)
_ONE_AT_A_TIME = threading.Lock()
_SECONDS_TO_STOP = 10
# The other processes read how far it is in the database, and take a long silence for an end.
_PLAYING = "demonstration_playing"
_SECONDS_BETWEEN_NEWS, _LONGEST_SILENCE = 3.0, timedelta(seconds=30)


@dataclass
class Building:
    """A school under way. `nonce` names the click that asked for it."""

    nonce: str
    school_id: int
    credentials: Credentials
    progress: Progress = field(default_factory=Progress)
    thread: threading.Thread | None = None


_latest: list[Building] = []


def begin(
    bank: Bank,
    nonce: str,
    context: Callable[[], AbstractContextManager[object]],
    *,
    at: datetime,
) -> Building:
    """Make the school and its list at once, and let its pupils play behind.

    Args:
        nonce: drawn with the form; the same click twice is one school, and shows the same secrets.
        context: opens the application for the thread.
    Raises: demonstration.AlreadyThere.
    """
    with _ONE_AT_A_TIME:
        running = _latest[-1] if _latest else None
        if running and nonce and running.nonce == nonce and under_way(running.school_id):
            return running
        founded = demonstration.found(at=at)
        building = Building(nonce, founded.school.id, founded.credentials)
        with write_tx() as session:
            session.add(AuditEvent(school_id=building.school_id, action=_PLAYING, at=clock.now()))
        building.thread = threading.Thread(
            target=_work, args=(building, founded, bank, context, at), name="demonstration", daemon=True
        )
        _latest[:] = [building]
        # The rows go with the thread, which has a session of its own.
        db.session.expunge_all()
        building.thread.start()
    return building


def _work(
    building: Building,
    founded: Founded,
    bank: Bank,
    context: Callable[[], AbstractContextManager[object]],
    at: datetime,
) -> None:
    with context():
        try:
            db.session.add(founded.school)
            db.session.add_all(student for _, student in founded.pupils)
            demonstration.complete(
                founded, bank, at=at, progress=building.progress, tell=_teller(building.school_id)
            )
        except Stopped:
            pass
        except Exception:
            # The school stays as it is: its page says so and offers to erase it. Erased, it is `Stopped`.
            _LOG.exception("the demonstration school was not finished")
        finally:
            db.session.remove()
            with write_tx() as session:
                session.execute(delete(AuditEvent).where(*_news_of(building.school_id)))
            db.session.remove()


def _teller(school_id: int) -> Callable[[Progress], None]:
    """Make what writes, now and then, how far the tries are."""
    latest = 0.0

    def tell(progress: Progress) -> None:
        nonlocal latest
        if time.monotonic() - latest < _SECONDS_BETWEEN_NEWS:
            return
        latest = time.monotonic()
        details = {"done": str(progress.done), "total": str(progress.total)}
        with write_tx() as session:
            session.execute(
                update(AuditEvent).where(*_news_of(school_id)).values(details=details, at=clock.now())
            )

    return tell


def _news_of(school_id: int) -> tuple[ColumnElement[bool], ...]:
    return AuditEvent.school_id == school_id, AuditEvent.action == _PLAYING


def under_way(school_id: int) -> Progress | None:
    """Give the progress of this school's pupils, in whatever process they play; None when nobody does."""
    building = _latest[-1] if _latest else None
    if building and building.school_id == school_id and building.thread and building.thread.is_alive():
        return building.progress
    query = select(AuditEvent.details).where(
        *_news_of(school_id), AuditEvent.at > clock.now() - _LONGEST_SILENCE
    )
    told = db.session.scalar(query.limit(1))
    if told is None:
        return None
    progress = Progress()
    progress.done, progress.total = int(told.get("done", 0)), int(told.get("total", 0))
    return progress


def remove(school_id: int) -> None:
    """Stop what is under way, then erase the school.

    Raises: NotFound for a school that is no demonstration.
    """
    progress = under_way(school_id)
    if progress:
        progress.stop.set()
    wait()
    demonstration.remove(school_id)


def wait(seconds: float = _SECONDS_TO_STOP) -> None:
    """Wait until the thread under way has ended."""
    building = _latest[-1] if _latest else None
    if building and building.thread:
        building.thread.join(seconds)
