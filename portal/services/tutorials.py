"""What a pupil marks on the page of a subject: read, kept for later, useful or not."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import IntegrityError

from portal.domain.tutorials import Rating
from portal.persistence.models import Reading
from portal.persistence.transaction import write_tx


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
    """Change the row of this person and subject, and keep none that says nothing."""
    try:
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
    except IntegrityError:
        # Two tabs made the row together: it is there now.
        _write(learner_id, tube, change)
