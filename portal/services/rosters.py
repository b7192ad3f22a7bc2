"""Import a roster: read and written aside, shown, then published in one short transaction."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from portal.domain.errors import DomainError, NotFound
from portal.domain.roster import RosterDiff, RosterEntry, RosterProblem, compare
from portal.domain.school import Grade, proposed_grade
from portal.extensions import db
from portal.persistence.models import RosterImport, RosterImportRow
from portal.persistence.queries import rosters as queries
from portal.persistence.transaction import write_tx
from portal.rosters.siecle import read_siecle
from portal.services import roster_plans
from portal.services.members import Doer
from portal.services.roster_plans import ProblemsFound

# A transaction of this many rows lasts a few milliseconds: the answers of pupils pass in between.
ROWS_A_TRANSACTION = 200
KEPT_FOR = timedelta(days=1)
TRIES_TO_PUBLISH = 3
_LONGEST = {
    "last_name": 80,
    "usage_name": 80,
    "first_name": 60,
    "second_name": 60,
    "third_name": 60,
    "class_name": 40,
    "ine": 20,
    "mef": 20,
}


class ListMoved(DomainError):
    """The school's list kept changing while the import was prepared."""


@dataclass(frozen=True, slots=True)
class ClassToConfirm:
    """A class of the file whose grade the school has not confirmed yet."""

    name: str
    pupils: int
    proposed: Grade | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What publishing an import would do at this moment."""

    staged: RosterImport
    diff: RosterDiff
    counts: dict[str, int]
    to_confirm: tuple[ClassToConfirm, ...]


def stage(content: bytes, file_name: str, doer: Doer) -> uuid.UUID:
    """Read a file and write it aside; nothing of the school's list changes.

    Returns: the public id of the import, to preview and publish.
    Raises: RosterRefused for the whole file, ProblemsFound for its pupils.
    """
    roster = read_siecle(content, file_name, queries.uai_of(doer.school_id))
    diff = compare(roster.entries, queries.known_students(doer.school_id))
    problems = [*roster.problems, *_too_long(roster.entries), *diff.problems]
    if problems:
        raise ProblemsFound(problems)
    _remove_stale(doer)
    staged = RosterImport(
        school_id=doer.school_id,
        member_id=doer.member_id,
        file_name=file_name[:200],
        left_out={reason: list(names) for reason, names in roster.left_out.items()},
        created_at=doer.at,
    )
    with write_tx() as session:
        session.add(staged)
    rows = [{"import_id": staged.id, "entry": queries.entry_to_json(entry)} for entry in roster.entries]
    for start in range(0, len(rows), ROWS_A_TRANSACTION):
        with write_tx() as session:
            session.execute(insert(RosterImportRow), rows[start : start + ROWS_A_TRANSACTION])
    with write_tx():
        staged.is_ready = True
    return staged.public_id


def _too_long(entries: Iterable[RosterEntry]) -> list[RosterProblem]:
    return [
        RosterProblem(
            entry.place, f"«\u00a0{value[:20]}…\u00a0» dépasse {longest} caractères\u00a0: raccourcissez-le."
        )
        for entry in entries
        for name, longest in _LONGEST.items()
        if len(value := getattr(entry, name) or "") > longest
    ]


def preview(public_id: uuid.UUID, doer: Doer) -> Preview:
    """Tell what publishing would change in the list as it is now.

    Raises: NotFound.
    """
    staged = _staged(public_id, doer)
    entries = queries.entries(staged.id)
    diff = compare(entries, queries.known_students(doer.school_id))
    to_confirm = _to_confirm(entries, queries.confirmed_classes(doer.school_id))
    return Preview(staged, diff, roster_plans.counts_of(entries, diff), to_confirm)


def _staged(public_id: uuid.UUID, doer: Doer) -> RosterImport:
    staged = queries.staged(doer.school_id, public_id)
    if staged is None or not staged.is_ready:
        raise NotFound
    return staged


def _to_confirm(entries: Iterable[RosterEntry], confirmed: set[str]) -> tuple[ClassToConfirm, ...]:
    """List the classes to confirm; the most frequent course of its pupils tells the grade of each."""
    courses: dict[str, Counter[str | None]] = defaultdict(Counter)
    for entry in entries:
        courses[entry.class_name][entry.mef] += 1
    return tuple(
        ClassToConfirm(name, mefs.total(), proposed_grade(mefs.most_common(1)[0][0], name))
        for name, mefs in courses.items()
        if name not in confirmed
    )


def publish(public_id: uuid.UUID, grades: Mapping[str, Grade | None], doer: Doer) -> RosterImport:
    """Make the school's list what the file says, all or nothing; publishing twice changes nothing more.

    Args:
        grades: what the member confirmed, by class; None leaves the class to be confirmed.
    Raises: NotFound, ProblemsFound, ListMoved.
    """
    staged = _staged(public_id, doer)
    for _ in range(TRIES_TO_PUBLISH):
        if staged.published_at is not None:
            break
        plan = roster_plans.make(staged.id, grades, doer)
        try:
            if roster_plans.apply(staged, plan, doer):
                break
        except IntegrityError:
            # Somebody added the same pupil or class a moment ago: compare again.
            pass
        staged = _staged(public_id, doer)
    else:
        raise ListMoved("La liste des élèves vient de changer. Recommencez.")
    _remove_rows(staged.id)
    return _staged(public_id, doer)


def cancel(public_id: uuid.UUID, doer: Doer) -> bool:
    """Forget a file that was not published; twice changes nothing.

    Returns: False when the file had been published meanwhile.
    Raises: NotFound.
    """
    staged = queries.staged(doer.school_id, public_id)
    if staged is None:
        raise NotFound
    with write_tx() as session:
        cancelled = session.scalar(
            update(RosterImport)
            .where(RosterImport.id == staged.id, RosterImport.published_at.is_(None))
            .values(is_ready=False)
            .returning(RosterImport.id)
        )
    if cancelled is not None:
        _remove_rows(staged.id)
    return cancelled is not None


def _remove_stale(doer: Doer) -> None:
    for import_id in queries.stale(doer.school_id, before=doer.at - KEPT_FOR):
        _remove_rows(import_id)
        with write_tx() as session:
            session.execute(delete(RosterImport).where(RosterImport.id == import_id))


def _remove_rows(import_id: int) -> None:
    """Delete what was written aside, few rows at a time."""
    some = select(RosterImportRow.id).where(RosterImportRow.import_id == import_id).limit(ROWS_A_TRANSACTION)
    while ids := db.session.scalars(some).all():
        with write_tx() as session:
            session.execute(delete(RosterImportRow).where(RosterImportRow.id.in_(ids)))
