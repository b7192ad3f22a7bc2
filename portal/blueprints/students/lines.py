"""The words of the list: names, what a pupil's account is in."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from portal.domain.participation import Status
from portal.domain.school import PARIS
from portal.labels import label


class Names(Protocol):
    """Whoever has the names of a pupil."""

    @property
    def last_name(self) -> str:
        """Give the family name."""

    @property
    def first_name(self) -> str:
        """Give the usual first name."""


class Credentials(Protocol):
    """Whoever has the account of a pupil."""

    is_blocked: bool
    locked_until: datetime | None
    must_change_secret: bool


@dataclass(frozen=True, slots=True)
class SignInState:
    """Whether a pupil can sign in: a shape (see macros/states.html), a word, and whether to unlock."""

    kind: str
    word: str
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A pupil in the list."""

    public_id: UUID
    name: str
    usage_name: str | None
    class_name: str
    account: UUID | None
    username: str | None
    state: SignInState
    played_at: datetime | None
    is_disabled: bool
    is_linked_today: bool


@dataclass(frozen=True, slots=True)
class TryLine:
    """A try in the page of a pupil. `progress` is a ratio."""

    public_id: UUID
    code: str
    campaign: str
    kind: str
    word: str
    progress: float
    started_at: datetime
    shared_at: datetime | None


def shown(text: str) -> str:
    """Write a name as French is printed: SIECLE types straight apostrophes."""
    return text.replace("'", "’")


def full_name(person: Names) -> str:
    """Name a pupil as lists sort them."""
    return shown(f"{person.last_name} {person.first_name}")


def sign_in_state(account: Credentials | None, *, now: datetime) -> SignInState:
    """Say whether a pupil can sign in."""
    if account is None:
        return SignInState("not_started", "Pas encore de compte")
    if account.is_blocked:
        return SignInState("blocked", "Bloqué", is_locked=True)
    if account.locked_until and account.locked_until > now:
        until = account.locked_until.astimezone(PARIS)
        return SignInState("late", f"Verrouillé jusqu’à {until:%H:%M}", is_locked=True)
    if account.must_change_secret:
        return SignInState("pending", "Mot de passe à changer")
    return SignInState("ok", "Peut se connecter")


def line_of(row: Any, *, now: datetime, today: datetime) -> Line:
    """Write a row of the list."""
    return Line(
        public_id=row.public_id,
        name=full_name(row),
        usage_name=shown(row.usage_name) if row.usage_name else None,
        class_name=row.class_name or "Sans classe",
        account=row.account,
        username=row.username,
        state=sign_in_state(row if row.account else None, now=now),
        played_at=row.played_at,
        is_disabled=row.disabled_at is not None,
        is_linked_today=row.account is not None and row.linked_at is not None and row.linked_at >= today,
    )


def try_line(row: Any) -> TryLine:
    """Write a try; one that the archiving cut short is not « en cours »."""
    status = Status(row.status)
    is_cut = status is Status.STARTED and row.closed_at is not None
    return TryLine(
        public_id=row.public_id,
        code=row.code,
        campaign=row.name,
        kind="archived" if is_cut else status.value,
        word="Interrompue par l’archivage" if is_cut else label(status),
        progress=row.progress,
        started_at=row.started_at,
        shared_at=row.shared_at,
    )
