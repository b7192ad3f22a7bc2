"""Tries: what was asked, what was answered, what was sent."""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.extensions import Model
from portal.persistence.models.campaign import Campaign
from portal.persistence.models.student import Learner, Student
from portal.persistence.types import UtcDateTime


class FrozenTestRow(Model):
    """What a try is played with, named by the SHA-256 of its content: pupils who start alike share it."""

    __tablename__ = "frozen_tests"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class Participation(Model):
    """One try of one person at one campaign.

    `context` is what the engine reads beside the frozen test. `answered`, `skipped` (of those answered),
    `progress` and `acquired` follow the answers in the same transaction as each of them.
    """

    __tablename__ = "participations"
    __table_args__ = (
        UniqueConstraint("campaign_id", "learner_id", "attempt"),
        Index("ix_participations_learner_id", "learner_id"),
        Index("ix_participations_student_id", "student_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4, unique=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id"))
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id"))
    student_id: Mapped[int] = mapped_column(ForeignKey("students.id"))
    attempt: Mapped[int] = mapped_column(default=1)
    status: Mapped[str] = mapped_column(String(10))
    frozen_test: Mapped[str] = mapped_column(ForeignKey("frozen_tests.digest"))
    context: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    answered: Mapped[int] = mapped_column(default=0)
    skipped: Mapped[int] = mapped_column(default=0)
    progress: Mapped[float] = mapped_column(default=0.0)
    # How much longer than the others this pupil has for a timed question.
    time_factor: Mapped[float] = mapped_column(default=1.0)
    acquired: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_answer_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    completed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    shared_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Set when the campaign was archived under the pupil's hands: the try ends where it stands.
    closed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    campaign: Mapped[Campaign] = relationship()
    learner: Mapped[Learner] = relationship()
    student: Mapped[Student] = relationship()


class Question(Model):
    """A question served: stored before it is shown, and shown again until it is answered."""

    __tablename__ = "questions"
    __table_args__ = (
        UniqueConstraint("participation_id", "position"),
        # Both, so that counting what a school was served reads the index alone.
        Index("ix_questions_challenge_participation_id", "challenge", "participation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[uuid.UUID] = mapped_column(default=uuid.uuid4, unique=True)
    participation_id: Mapped[int] = mapped_column(ForeignKey("participations.id", ondelete="CASCADE"))
    position: Mapped[int]
    skill: Mapped[str] = mapped_column(String(80))
    challenge: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(16))
    reason: Mapped[dict[str, Any]] = mapped_column(JSON)
    # What was drawn for this pupil, or where the simulator was left.
    work: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    # When the pupil began a timed question; how often he or she left the page of one that asks to stay.
    begun_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    exits: Mapped[int] = mapped_column(default=0)
    served_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Answer(Model):
    """The answer to a question: one for ever. `given` holds what was chosen or typed, as it was."""

    __tablename__ = "answers"

    question_id: Mapped[int] = mapped_column(
        ForeignKey("questions.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    outcome: Mapped[str] = mapped_column(String(10))
    given: Mapped[dict[str, Any]] = mapped_column(JSON)
    answered_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Snapshot(Model):
    """What was sent, as it was when it was sent: every figure of a sent try comes from here."""

    __tablename__ = "snapshots"

    participation_id: Mapped[int] = mapped_column(
        ForeignKey("participations.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    taken_at: Mapped[datetime] = mapped_column(UtcDateTime)
