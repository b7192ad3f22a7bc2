"""Set up a school and its first administrator."""

from dataclasses import dataclass
from datetime import datetime

from email_validator import EmailNotValidError, validate_email
from sqlalchemy import select

from portal.domain.errors import DomainError
from portal.domain.permissions import Role
from portal.domain.school import is_valid_uai, normalise_uai
from portal.extensions import db
from portal.persistence.models import Account, Campaign, Member, School
from portal.persistence.transaction import write_tx
from portal.services import accounts, passwords


class AlreadySetUp(DomainError):
    """The portal has its school: the first-run page is closed."""


class InvalidUai(DomainError):
    """The UAI's letter does not match its digits."""


class InvalidEmail(DomainError):
    """What was typed is not an e-mail address."""


class UnknownAccount(DomainError):
    """Nobody has this e-mail address."""


@dataclass(frozen=True, slots=True)
class SchoolDraft:
    """What the first-run page asks for."""

    name: str
    uai: str
    first_name: str
    last_name: str
    email: str
    password: str


def exists() -> bool:
    """Tell whether the portal has a school, be it a demonstration."""
    return db.session.scalar(select(School.id).limit(1)) is not None


def is_set_up() -> bool:
    """Tell whether the portal has a real school: the first-run page is closed."""
    return db.session.scalar(select(School.id).where(School.is_demonstration.is_(False)).limit(1)) is not None


def is_demonstration_code(code: str) -> bool:
    """Tell whether a campaign's code is one of a demonstration school."""
    query = select(School.id).join(Campaign, Campaign.school_id == School.id)
    return (
        db.session.scalar(query.where(Campaign.code == code, School.is_demonstration.is_(True))) is not None
    )


def clean_email(typed: str) -> str:
    """Normalise an address.

    Raises: InvalidEmail.
    """
    try:
        return validate_email(typed.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        raise InvalidEmail(
            f"«\u00a0{typed.strip()}\u00a0» n’est pas une adresse électronique complète. "
            "Exemple\u00a0: prenom.nom@ecole.fr."
        ) from None


def clean_uai(typed: str) -> str:
    """Normalise an UAI.

    Raises: InvalidUai.
    """
    if not is_valid_uai(typed):
        raise InvalidUai(
            "Cet UAI n’est pas valide\u00a0: recopiez ses sept chiffres et sa lettre, lus sur un courrier."
        )
    return normalise_uai(typed)


def set_up(draft: SchoolDraft, *, at: datetime) -> None:
    """Create the school with its administrator.

    Raises: AlreadySetUp, InvalidUai, InvalidEmail, accounts.WeakPassword.
    """
    if is_set_up():
        raise AlreadySetUp("L’établissement est déjà installé\u00a0: connectez-vous.")
    uai = clean_uai(draft.uai)
    email = clean_email(draft.email)
    accounts.check_password(draft.password, context=(draft.name, draft.first_name, draft.last_name))
    hashed = passwords.hash_secret(draft.password)
    with write_tx() as session:
        if is_set_up():
            raise AlreadySetUp("L’établissement est déjà installé\u00a0: connectez-vous.")
        if session.scalar(select(Account.id).where(Account.email == email)):
            raise InvalidEmail(
                "Un compte de la démonstration a déjà cette adresse\u00a0: choisissez-en une autre, "
                "ou supprimez d’abord la démonstration."
            )
        school = School(uai=uai, name=draft.name.strip(), created_at=at)
        account = Account(
            email=email,
            first_name=draft.first_name.strip(),
            last_name=draft.last_name.strip(),
            password_hash=hashed,
            created_at=at,
        )
        session.add(Member(school=school, account=account, role=Role.ADMIN, joined_at=at))


def reset_password(email: str, password: str) -> None:
    """Give a member a new password, unlock the account, close its sessions.

    Raises: UnknownAccount, accounts.WeakPassword.
    """
    account = db.session.scalar(select(Account).where(Account.email == email.strip().lower()))
    if account is None:
        raise UnknownAccount("Aucun compte n’a cette adresse.")
    accounts.check_password(password, context=accounts.words_of(account))
    hashed = passwords.hash_secret(password)
    with write_tx() as session:
        accounts.replace_password(session, account, hashed)
