"""The pages worth reading, and what a pupil marks on them: read, kept for later, useful or not."""

from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from portal.bank.loader import Bank
from portal.domain.mastery import Verdict
from portal.domain.tutorials import Advice, Rating, to_work_on
from portal.persistence import mapping
from portal.persistence.models import Reading
from portal.persistence.queries import tutorials as queries
from portal.persistence.transaction import write_tx

# Older results say little of what a pupil needs now.
LATEST_TRIES = 5


def recommended(learner_id: int, bank: Bank, read_at: Mapping[str, datetime | None]) -> tuple[Advice, ...]:
    """List the pages worth reading after the latest tries sent, the most useful first.

    A page read since the try that asks for it is left out.
    """
    latest: dict[str, tuple[Verdict, datetime]] = {}
    for content, sent_at in queries.sent(learner_id, most=LATEST_TRIES):
        for one in content["verdicts"]:
            latest.setdefault(one["skill"], (mapping.verdict_from_json(one), sent_at))
    skills = {
        skill.id: skill for name in bank.tutorials if name in bank.tubes for skill in bank.tubes[name].skills
    }
    asked_at: dict[str, datetime] = {}
    for name, (_, sent_at) in latest.items():
        # The subject where the bank holds the skill today, which may not be that of the try.
        if name in skills:
            tube = skills[name].tube
            asked_at[tube] = max(sent_at, asked_at.get(tube, sent_at))
    found = to_work_on([verdict for verdict, _ in latest.values()], skills)
    return tuple(one for one in found if not _is_read_since(read_at.get(one.tube), asked_at[one.tube]))


def _is_read_since(read_at: datetime | None, asked_at: datetime) -> bool:
    return read_at is not None and read_at >= asked_at


def mark_read(learner_id: int, tube: str, *, is_read: bool, at: datetime) -> None:
    """Say that the page was read, or not after all; a second time keeps the first date."""
    _write(learner_id, tube, lambda row: setattr(row, "read_at", (row.read_at or at) if is_read else None))


def keep(learner_id: int, tube: str, *, is_kept: bool, at: datetime) -> None:
    """Keep the page for later, or no more."""
    _write(learner_id, tube, lambda row: setattr(row, "saved_at", (row.saved_at or at) if is_kept else None))


def rate(learner_id: int, tube: str, rating: Rating) -> None:
    """Say whether the page helped; the last opinion replaces the one before."""
    _write(learner_id, tube, lambda row: setattr(row, "rating", rating.value))


def _write(learner_id: int, tube: str, change: Callable[[Reading], None]) -> None:
    try:
        _write_once(learner_id, tube, change)
    except IntegrityError:
        # Two tabs made the row together: it is there now. Once only, for the person may be the one who is gone.
        _write_once(learner_id, tube, change)


def _write_once(learner_id: int, tube: str, change: Callable[[Reading], None]) -> None:
    """Change the row of this person and subject, and keep none that says nothing."""
    with write_tx() as session:
        key = {"learner_id": learner_id, "tube": tube}
        row = session.get(Reading, key, with_for_update=True, populate_existing=True)
        is_new = row is None
        row = row or Reading(**key)
        change(row)
        says_something = bool(row.read_at or row.saved_at or row.rating)
        if is_new and says_something:
            session.add(row)
        elif not is_new and not says_something:
            session.delete(row)
