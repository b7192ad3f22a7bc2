"""Pupils: the rows of a school's list, the persons who answer, and the imports under way."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.extensions import Model
from portal.persistence.models.school import ClassGroup, School
from portal.persistence.types import UtcDateTime


class Learner(Model):
    """A person who answers, with the credentials and everything known of what he or she can do."""

    __tablename__ = "learners"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4, unique=True)
    username: Mapped[str] = mapped_column(String(130), unique=True)
    secret_hash: Mapped[str] = mapped_column(String(200))
    must_change_secret: Mapped[bool] = mapped_column(default=False)
    failures: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_blocked: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Student(Model):
    """A row of one school's list. `disabled_at`: no longer on it; nothing is deleted."""

    __tablename__ = "students"
    __table_args__ = (
        UniqueConstraint("school_id", "ine"),
        UniqueConstraint("school_id", "learner_id"),
        Index("ix_students_school_id_birth_date", "school_id", "birth_date"),
        Index("ix_students_class_group_id", "class_group_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4, unique=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id", ondelete="CASCADE"))
    class_group_id: Mapped[int | None] = mapped_column(ForeignKey("class_groups.id", ondelete="SET NULL"))
    learner_id: Mapped[int | None] = mapped_column(ForeignKey("learners.id", ondelete="SET NULL"))
    ine: Mapped[str | None] = mapped_column(String(20))
    last_name: Mapped[str] = mapped_column(String(80))
    usage_name: Mapped[str | None] = mapped_column(String(80))
    first_name: Mapped[str] = mapped_column(String(60))
    second_name: Mapped[str | None] = mapped_column(String(60))
    third_name: Mapped[str | None] = mapped_column(String(60))
    # Names without case and accents, so that both databases sort and search them alike.
    sort_key: Mapped[str] = mapped_column(String(160))
    birth_date: Mapped[date]
    mef: Mapped[str | None] = mapped_column(String(20))
    groups: Mapped[list[str]] = mapped_column(JSON, default=list)
    is_by_hand: Mapped[bool] = mapped_column(default=False)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    linked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)

    school: Mapped[School] = relationship()
    class_group: Mapped[ClassGroup | None] = relationship()
    learner: Mapped[Learner | None] = relationship()


class RosterImport(Model):
    """A file read and shown before anything changes; published in one short transaction."""

    __tablename__ = "roster_imports"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4, unique=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    file_name: Mapped[str] = mapped_column(String(200))
    left_out: Mapped[dict[str, list[str]]] = mapped_column(JSON, default=dict)
    is_ready: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    published_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    counts: Mapped[dict[str, int]] = mapped_column(JSON, default=dict)

    school: Mapped[School] = relationship()


class RosterImportRow(Model):
    """One pupil of a file being imported, written aside."""

    __tablename__ = "roster_import_rows"
    __table_args__ = (Index("ix_roster_import_rows_import_id", "import_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("roster_imports.id", ondelete="CASCADE"))
    entry: Mapped[dict[str, Any]] = mapped_column(JSON)
