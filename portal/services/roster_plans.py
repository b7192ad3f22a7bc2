"""What publishing a roster writes: every row prepared first, then one short transaction."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from portal.domain.errors import DomainError, NotFound
from portal.domain.roster import (
    KnownStudent,
    Match,
    Move,
    RosterDiff,
    RosterEntry,
    RosterProblem,
    Update,
    compare,
)
from portal.domain.school import Grade
from portal.persistence.models import AuditEvent, ClassGroup, RosterImport, School, Student
from portal.persistence.queries import rosters as queries
from portal.persistence.transaction import write_tx
from portal.services.members import Doer
from portal.services.students import sort_key

Row = dict[str, Any]

_students: Any = Student.__table__
_KNOWN = (
    "ine",
    "mef",
    "last_name",
    "usage_name",
    "first_name",
    "second_name",
    "third_name",
    "birth_date",
)


class ProblemsFound(DomainError):
    """The file cannot be imported; `problems` tells everything to correct, at once."""

    def __init__(self, problems: Sequence[RosterProblem]) -> None:
        """Keep the problems."""
        super().__init__("Ce fichier contient des erreurs\u00a0: rien n’a été importé.")
        self.problems = problems


@dataclass(slots=True)
class Plan:
    """The rows to write, ready before the write gate closes; each new or changed one with its class."""

    version: tuple[int, int]
    created: list[tuple[str, Row]]
    changed: list[tuple[str, Row]]
    disabled: list[Row]
    grades: dict[str, Grade]
    counts: dict[str, int]


def make(import_id: int, grades: Mapping[str, Grade | None], doer: Doer) -> Plan:
    """Compare what was written aside with the list as it is, and prepare every row.

    Raises: ProblemsFound.
    """
    version = queries.version(doer.school_id)
    entries = queries.entries(import_id)
    diff = compare(entries, queries.known_students(doer.school_id))
    if diff.problems or not entries:
        raise ProblemsFound(diff.problems)
    touched: list[Update | Move | Match] = [*diff.updated, *diff.moved, *diff.re_enabled, *diff.adopted]
    changed = {one.known.key: one for one in touched}
    return Plan(
        version=version,
        created=[(entry.class_name, _new_row(entry, doer)) for entry in diff.created],
        changed=[(one.entry.class_name, _changed_row(one.known, one.entry)) for one in changed.values()],
        disabled=[{"key": known.key} for known in diff.disabled],
        grades={name: grade for name, grade in grades.items() if grade is not None},
        counts=counts_of(entries, diff),
    )


def counts_of(entries: Sequence[RosterEntry], diff: RosterDiff) -> dict[str, int]:
    """Count the pupils of a file, and what importing it would change."""
    kinds = ("created", "updated", "moved", "re_enabled", "adopted", "disabled", "unchanged", "kept_by_hand")
    return {"pupils": len(entries)} | {kind: len(getattr(diff, kind)) for kind in kinds}


def _new_row(entry: RosterEntry, doer: Doer) -> Row:
    return _named_row(entry) | {
        "public_id": uuid.uuid4(),
        "school_id": doer.school_id,
        "ine": entry.ine,
        "mef": entry.mef,
        "created_at": doer.at,
    }


def _changed_row(known: KnownStudent, entry: RosterEntry) -> Row:
    """Keep only the columns that change: at a new school year, everybody's class and little else."""
    row = _named_row(entry) | {"ine": entry.ine or known.ine, "mef": entry.mef or known.mef}
    written = {name for name in _KNOWN if row[name] != getattr(known, name)}
    names_key = sort_key(known.last_name, known.usage_name, known.first_name)
    others = (
        ("sort_key", row["sort_key"] != names_key),
        ("groups", set(known.groups) != set(entry.groups)),
        ("is_by_hand", known.by_hand),
        ("disabled_at", not known.enabled),
    )
    written |= {name for name, is_written in others if is_written}
    return {"key": known.key} | {name: row[name] for name in written}


def _named_row(entry: RosterEntry) -> Row:
    return {
        "last_name": entry.last_name,
        "usage_name": entry.usage_name,
        "first_name": entry.first_name,
        "second_name": entry.second_name,
        "third_name": entry.third_name,
        "sort_key": sort_key(entry.last_name, entry.usage_name, entry.first_name),
        "birth_date": entry.birth_date,
        "groups": list(entry.groups),
        "is_by_hand": False,
        "disabled_at": None,
    }


def apply(staged: RosterImport, plan: Plan, doer: Doer) -> bool:
    """Write the plan; False when the list is not the one it was made for.

    Raises: NotFound when the import was cancelled.
    """
    with write_tx() as session:
        school = select(School.id).where(School.id == doer.school_id)
        session.execute(school.with_for_update(key_share=True))
        now = select(RosterImport.published_at, RosterImport.is_ready).where(RosterImport.id == staged.id)
        published_at, is_ready = session.execute(now).one()
        if published_at is not None:
            return True
        if not is_ready:
            # Cancelled in the meantime: the rows of the plan may be only some of the file's.
            raise NotFound
        if queries.version(doer.school_id) != plan.version:
            return False
        staged.published_at, staged.counts = doer.at, plan.counts
        ids = _class_ids(session, plan, doer.school_id)
        for class_name, row in (*plan.created, *plan.changed):
            row["class_group_id"] = ids[class_name]
        if plan.created:
            session.execute(_students.insert(), [row for _, row in plan.created])
        for columns, rows in _by_columns(plan.changed).items():
            change = update(_students).where(_students.c.id == bindparam("key"))
            session.execute(change.values({name: bindparam(name) for name in columns}), rows)
        if plan.disabled:
            gone = update(_students).where(_students.c.id == bindparam("key"))
            session.execute(gone.values(disabled_at=doer.at), plan.disabled)
        details = {name: str(count) for name, count in plan.counts.items()}
        session.add(
            AuditEvent(
                school_id=doer.school_id,
                member_id=doer.member_id,
                action="roster_import",
                details={"file": staged.file_name} | details,
                at=doer.at,
            )
        )
    return True


def _by_columns(changed: Sequence[tuple[str, Row]]) -> dict[tuple[str, ...], list[Row]]:
    """Group the rows that the same statement writes."""
    groups: dict[tuple[str, ...], list[Row]] = {}
    for _, row in changed:
        groups.setdefault(tuple(sorted(row.keys() - {"key"})), []).append(row)
    return groups


def _class_ids(session: Session, plan: Plan, school_id: int) -> dict[str, int]:
    """Find the classes of the plan by name, make the new ones, confirm the grades."""
    groups = {
        group.name: group
        for group in session.scalars(select(ClassGroup).where(ClassGroup.school_id == school_id))
    }
    for name in dict.fromkeys(name for name, _ in (*plan.created, *plan.changed)):
        if name not in groups:
            groups[name] = ClassGroup(school_id=school_id, name=name, is_grade_confirmed=False)
            session.add(groups[name])
    for name, grade in plan.grades.items():
        if name in groups and not groups[name].is_grade_confirmed:
            groups[name].grade, groups[name].is_grade_confirmed = grade, True
    session.flush()
    return {name: group.id for name, group in groups.items()}
