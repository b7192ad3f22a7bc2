"""Campaigns: their code, kind and life. Source: docs/regles.md, « Campagnes »."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.adaptive import Mode
from portal.domain.errors import DomainError
from portal.domain.school import Grade

CODE_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_DIGITS = "23456789"
CODE_PATTERN = rf"^[{CODE_LETTERS}]{{6}}[{CODE_DIGITS}]{{3}}$"
LONGEST_NAME = 120


class CampaignKind(StrEnum):
    """What a campaign is for."""

    ASSESSMENT = "assessment"
    EXAM = "exam"

    @property
    def feeds_profile(self) -> bool:
        """Tell whether tries read the profile and change it: an exam does neither."""
        return self is not CampaignKind.EXAM


class Sending(StrEnum):
    """When the results reach the staff: at the end by themselves, or when the pupil sends them."""

    AUTOMATIC = "automatic"
    EXPLICIT = "explicit"


class Duration(StrEnum):
    """How long a try is promised to last at most."""

    SHORT = "short"
    MEDIUM = "medium"
    UNLIMITED = "unlimited"

    @property
    def minutes(self) -> int | None:
        """Give the promised minutes, or None without limit."""
        return _MINUTES[self]

    @property
    def mode(self) -> Mode:
        """Tell how far the engine goes."""
        return _MODES[self]


_MINUTES = {Duration.SHORT: 25, Duration.MEDIUM: 50, Duration.UNLIMITED: None}
_MODES = {Duration.SHORT: Mode.SHORT, Duration.MEDIUM: Mode.NORMAL, Duration.UNLIMITED: Mode.PRECISE}


class UnknownCode(DomainError):
    """No campaign has this code."""


class CampaignArchived(DomainError):
    """The campaign is archived: nothing can be started or answered."""


class EmptyAudience(DomainError):
    """A campaign is for one grade or class at least."""


@dataclass(frozen=True, slots=True)
class CampaignDraft:
    """What a member asks for when creating a campaign; `classes` are the ids of single classes."""

    pathway: str
    name: str
    grades: tuple[Grade, ...]
    classes: tuple[int, ...]
    sending: Sending = Sending.AUTOMATIC
    landing_text: str = ""
    duration: Duration = Duration.MEDIUM


def normalise_code(typed: str) -> str:
    """Read a code typed any way: case, spaces and hyphens do not count."""
    return "".join(char for char in typed.upper() if char.isalnum())


def new_code(choose: Callable[[str], str]) -> str:
    """Draw six letters then three digits; `choose` picks one character of a string, securely."""
    return "".join(choose(CODE_LETTERS) for _ in range(6)) + "".join(choose(CODE_DIGITS) for _ in range(3))


def spaced_code(code: str) -> str:
    """Write a code as it is read aloud: three groups of three."""
    return f"{code[:3]}\u00a0{code[3:6]}\u00a0{code[6:]}"
