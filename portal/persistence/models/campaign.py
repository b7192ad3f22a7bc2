"""Campaigns and whom they are for."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from portal.extensions import Model
from portal.persistence.models.member import Member
from portal.persistence.models.school import ClassGroup, School
from portal.persistence.types import UtcDateTime


class Campaign(Model):
    """A pathway given to some pupils under a code.

    `content` freezes what the pathway was at the creation: its title, skills with their subject,
    competence and level, and stages. `year` is the first calendar year of the school year.
    """

    __tablename__ = "campaigns"
    __table_args__ = (Index("ix_campaigns_school_id_created_at", "school_id", "created_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(9), unique=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id", ondelete="CASCADE"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("members.id"))
    name: Mapped[str] = mapped_column(String(120))
    # The name without case and accents, so that both databases search it alike.
    search_key: Mapped[str] = mapped_column(String(160))
    kind: Mapped[str] = mapped_column(String(20))
    sending: Mapped[str] = mapped_column(String(10))
    duration: Mapped[str] = mapped_column(String(10))
    landing_text: Mapped[str] = mapped_column(Text, default="")
    pathway: Mapped[str] = mapped_column(String(60))
    content: Mapped[dict[str, Any]] = mapped_column(JSON, deferred=True)
    year: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    archived_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    # Drawn with the empty form: the same form sent twice is the same campaign.
    nonce: Mapped[str | None] = mapped_column(String(32), unique=True)

    school: Mapped[School] = relationship()
    owner: Mapped[Member] = relationship()
    audience: Mapped[list["CampaignAudience"]] = relationship(
        cascade="all, delete-orphan", order_by="CampaignAudience.id"
    )


class CampaignAudience(Model):
    """A grade or a class a campaign is for."""

    __tablename__ = "campaign_audiences"
    __table_args__ = (
        CheckConstraint("(grade IS NULL) <> (class_group_id IS NULL)", name="grade_or_class"),
        Index("ix_campaign_audiences_campaign_id", "campaign_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    campaign_id: Mapped[int] = mapped_column(ForeignKey("campaigns.id", ondelete="CASCADE"))
    grade: Mapped[str | None] = mapped_column(String(20))
    class_group_id: Mapped[int | None] = mapped_column(ForeignKey("class_groups.id", ondelete="CASCADE"))

    class_group: Mapped[ClassGroup | None] = relationship()
