"""What tests are made of: functions with keywords, each a real row written the real way."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import count

from portal.bank_store import current_bank
from portal.domain.campaign import CampaignDraft, Sending
from portal.domain.identity import normalise_name
from portal.domain.permissions import Function, Role
from portal.domain.school import Grade
from portal.extensions import db
from portal.persistence.models import Account, Campaign, ClassGroup, Learner, Member, School, Student
from portal.persistence.transaction import write_tx
from portal.services import campaigns as campaign_services
from portal.services import passwords

SEPTEMBER = datetime(2026, 9, 7, 8, 5, tzinfo=UTC)
PASSWORD = "quatre mots sans lien"
PASSPHRASE = "panier violet lune 42"
_HASHES = {secret: passwords.hash_secret(secret) for secret in (PASSWORD, PASSPHRASE)}
_numbers = count(1)


@dataclass(frozen=True)
class Cast:
    """Solène (RUPN), Bruno (professeur principal 5eB), Inès (AESH); Lina (5eB), Noé (no class).

    Dora is the RUPN of another school and Malik her pupil: neither may see anything of Solène's school.
    """

    school: School
    other_school: School
    solene: Member
    bruno: Member
    ines: Member
    dora: Member
    lina: Student
    noe: Student
    malik: Student
    class_5eb: ClassGroup


def make_school(*, name: str = "Collège des Tilleuls", uai: str = "0750001U") -> School:
    """Make a school."""
    school = School(name=name, uai=uai, created_at=SEPTEMBER)
    with write_tx() as session:
        session.add(school)
    return school


def make_member(
    school: School,
    *,
    first_name: str,
    last_name: str = "Martin",
    role: Role = Role.MEMBER,
    function: Function | None = Function.TEACHER,
) -> Member:
    """Make a member who signs in with `<first name>@<UAI>.example` and PASSWORD."""
    email = f"{normalise_name(first_name)}@{school.uai.lower()}.example"
    account = Account(
        email=email,
        first_name=first_name,
        last_name=last_name,
        password_hash=_HASHES[PASSWORD],
        created_at=SEPTEMBER,
    )
    member = Member(school=school, account=account, role=role, function=function, joined_at=SEPTEMBER)
    with write_tx() as session:
        session.add(member)
    return member


def make_class(school: School, *, name: str = "5eB", grade: Grade | None = Grade.CINQUIEME) -> ClassGroup:
    """Make a class with a confirmed grade."""
    group = ClassGroup(school=school, name=name, grade=grade, is_grade_confirmed=grade is not None)
    with write_tx() as session:
        session.add(group)
    return group


def make_student(
    school: School,
    *,
    first_name: str = "Lina",
    last_name: str = "Durand",
    class_group: ClassGroup | None = None,
    birth_date: date = date(2014, 5, 4),
    is_linked: bool = True,
    is_disabled: bool = False,
) -> Student:
    """Make a pupil; a linked one signs in with `<first>.<last>.<number>` and PASSPHRASE."""
    number = next(_numbers)
    learner = None
    if is_linked:
        learner = Learner(
            username=f"{normalise_name(first_name)}.{normalise_name(last_name)}{number:04d}",
            secret_hash=_HASHES[PASSPHRASE],
            created_at=SEPTEMBER,
        )
    student = Student(
        school=school,
        class_group=class_group,
        learner=learner,
        ine=f"{number:09d}AA",
        last_name=last_name,
        first_name=first_name,
        sort_key=f"{normalise_name(last_name)} {normalise_name(first_name)}",
        birth_date=birth_date,
        linked_at=SEPTEMBER if is_linked else None,
        disabled_at=SEPTEMBER if is_disabled else None,
        created_at=SEPTEMBER,
    )
    with write_tx() as session:
        session.add(student)
    return student


def make_campaign(
    owner: Member,
    *,
    name: str = "Rentrée 5e",
    pathway: str = "6e-1",
    grades: tuple[Grade, ...] = (Grade.CINQUIEME,),
    classes: tuple[int, ...] = (),
    sending: Sending = Sending.AUTOMATIC,
    at: datetime = SEPTEMBER,
) -> Campaign:
    """Create a campaign through the service."""
    draft = CampaignDraft(pathway=pathway, name=name, grades=grades, classes=classes, sending=sending)
    code = campaign_services.create(
        draft, school_id=owner.school_id, member_id=owner.id, bank=current_bank(), at=at
    )
    return db.session.execute(db.select(Campaign).where(Campaign.code == code)).scalar_one()


def make_cast() -> Cast:
    """Make the two schools and their people."""
    school = make_school()
    other = make_school(name="Lycée des Embruns", uai="0290001U")
    class_5eb = make_class(school)
    other_class = make_class(other, name="5eB")
    return Cast(
        school=school,
        other_school=other,
        solene=make_member(school, first_name="Solène", role=Role.ADMIN, function=None),
        bruno=make_member(school, first_name="Bruno", function=Function.HOMEROOM_TEACHER),
        ines=make_member(school, first_name="Inès", function=Function.AESH),
        dora=make_member(other, first_name="Dora", role=Role.ADMIN, function=None),
        lina=make_student(school, class_group=class_5eb),
        noe=make_student(school, first_name="Noé", last_name="Petit", birth_date=date(2014, 1, 9)),
        malik=make_student(other, first_name="Malik", last_name="Diallo", class_group=other_class),
        class_5eb=class_5eb,
    )
