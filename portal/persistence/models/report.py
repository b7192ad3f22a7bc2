"""What pupils say of the questions."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.extensions import Model
from portal.persistence.types import UtcDateTime


class Report(Model):
    """A problem that one pupil told of one version of a question: told again, it is replaced.

    `handled_at`: somebody of the school looked at it; `note` says what was done of it.
    """

    __tablename__ = "reports"
    __table_args__ = (
        UniqueConstraint("learner_id", "challenge", "version"),
        Index("ix_reports_school_id_handled_at", "school_id", "handled_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id", ondelete="CASCADE"))
    learner_id: Mapped[int] = mapped_column(ForeignKey("learners.id", ondelete="CASCADE"))
    participation_id: Mapped[int] = mapped_column(
        ForeignKey("participations.id", ondelete="CASCADE"), index=True
    )
    skill: Mapped[str] = mapped_column(String(80))
    challenge: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(16))
    problem: Mapped[str] = mapped_column(String(10))
    comment: Mapped[str] = mapped_column(String(500))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    handled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    note: Mapped[str] = mapped_column(String(400), default="")
