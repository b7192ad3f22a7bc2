"""What each person did with the pages to learn from."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from portal.extensions import Model
from portal.persistence.types import UtcDateTime


class Reading(Model):
    """The marks of one person on the page of one subject; no row when nothing is marked."""

    __tablename__ = "readings"

    learner_id: Mapped[int] = mapped_column(
        ForeignKey("learners.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    tube: Mapped[str] = mapped_column(String(80), primary_key=True)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    rating: Mapped[str | None] = mapped_column(String(10))
