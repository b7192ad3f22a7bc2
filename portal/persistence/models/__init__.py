"""The tables: columns and constraints, no rules."""

from portal.persistence.models.campaign import Campaign, CampaignAudience
from portal.persistence.models.content import Calibration, ChallengeVersion, Forecast, Withdrawal
from portal.persistence.models.member import Account, AuditEvent, Invitation, Member, SignIn
from portal.persistence.models.participation import Answer, FrozenTestRow, Participation, Question, Snapshot
from portal.persistence.models.reading import Reading
from portal.persistence.models.report import Report
from portal.persistence.models.school import ClassGroup, School
from portal.persistence.models.student import Learner, RosterImport, RosterImportRow, Student

__all__ = [
    "Account",
    "Answer",
    "AuditEvent",
    "Calibration",
    "Campaign",
    "CampaignAudience",
    "ChallengeVersion",
    "ClassGroup",
    "Forecast",
    "FrozenTestRow",
    "Invitation",
    "Learner",
    "Member",
    "Participation",
    "Question",
    "Reading",
    "Report",
    "RosterImport",
    "RosterImportRow",
    "School",
    "SignIn",
    "Snapshot",
    "Student",
    "Withdrawal",
]
