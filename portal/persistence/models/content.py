"""The versions of the bank's challenges that some try may hold."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from portal.extensions import Model
from portal.persistence.types import UtcDateTime


class ChallengeVersion(Model):
    """One challenge as it once stood; an edited challenge is a new row. `version` hashes the content."""

    __tablename__ = "challenge_versions"
    __table_args__ = (UniqueConstraint("challenge", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    challenge: Mapped[str] = mapped_column(String(80))
    version: Mapped[str] = mapped_column(String(16))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Withdrawal(Model):
    """One version of a challenge taken out of the draw because it is faulty, or thought to be.

    A corrected challenge is another version, which this says nothing of. `evidence` is what the answers
    said of it, None when somebody withdrew it. `restored_at`: somebody looked at it and put it back, and
    no recalculation withdraws it again.
    """

    __tablename__ = "withdrawals"

    challenge: Mapped[str] = mapped_column(String(80), primary_key=True)
    version: Mapped[str] = mapped_column(String(16), primary_key=True)
    reason: Mapped[str] = mapped_column(String(400))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    evidence: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    restored_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Calibration(Model):
    """What the answers of the instance said of the difficulty of the questions, on one night.

    `content` holds the offsets by skill, and by challenge its guess and slip. The latest row goes into
    the tries that start after it.
    """

    __tablename__ = "calibrations"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    answers: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)


class Forecast(Model):
    """How long a parcours takes, as simulated pupils played it. `digest` names what it was made of."""

    __tablename__ = "forecasts"

    pathway: Mapped[str] = mapped_column(String(60), primary_key=True)
    digest: Mapped[str] = mapped_column(String(64))
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
