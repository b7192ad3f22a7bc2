"""Make the demonstration school behind the visitor's back: one at a time, in a thread of this process."""

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime

from portal.bank.loader import Bank
from portal.extensions import db
from portal.services import demonstration
from portal.services.demonstration import Credentials, Founded, Progress
from portal.services.demonstration_play import Stopped

_LOG = logging.getLogger(__name__)
_ONE_AT_A_TIME = threading.Lock()
_SECONDS_TO_STOP = 10


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
            demonstration.complete(founded, bank, at=at, progress=building.progress)
        except Stopped:
            pass
        except Exception:
            # The school stays as it is, and its page says so and offers to erase it.
            _LOG.exception("the demonstration school was not finished")
        finally:
            db.session.remove()


def under_way(school_id: int) -> Progress | None:
    """Give the progress of this school's pupils, or None when nobody plays here."""
    building = _latest[-1] if _latest else None
    is_alive = building and building.thread and building.thread.is_alive()
    return building.progress if building and is_alive and building.school_id == school_id else None


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
