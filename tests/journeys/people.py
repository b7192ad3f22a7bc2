"""A school in the middle of its year: every page has something to show, and its values for its address."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from portal import links
from portal.bank_store import current_bank
from portal.domain.campaign import Sending
from portal.domain.permissions import Function, Role
from portal.domain.report import Problem
from portal.domain.school import Grade
from portal.extensions import db
from portal.persistence.models import Campaign, Invitation, Member, School, Student
from portal.services import campaigns, forecasts, invitations, members, reports, rosters, turns
from tests import answering, factories
from tests.answering import RIGHT, SKIP, WRONG
from tests.factories import PASSWORD
from tests.journeys.house import House
from tests.journeys.scenes import start, type_credentials
from tests.journeys.visitor import Visitor
from tests.tools import siecle

NAMES = (
    ("Lina", "Durand"),
    ("Noé", "Petit"),
    ("Maëlys", "Benali"),
    ("Jean-Baptiste", "Rajaonarison-Vandenbroucke"),
    ("Éléonore", "de La Tour"),
    ("Ilyès", "Haddad"),
    ("Aminata", "Cissé"),
    ("Tiago", "Gonçalves"),
    ("Zoé", "L’Hostis"),
    ("Minh", "Nguyen"),
)
NEW_PUPIL_BORN_ON = date(2014, 11, 30)
ALL = 10_000
# How many questions each of the first pupils answered: no test ends before its sixth question.
ANSWERS = (5, ALL, ALL, ALL, 3, ALL, 0)


@dataclass
class World:
    """What the pages are about, and who looks at them."""

    house: House
    admin: Member
    member: Member
    campaign: Campaign
    explicit: Campaign
    archived: Campaign
    invitations: list[UUID]
    invitation_token: str
    password_token: str
    imports: list[UUID]
    player: Student
    unlinked: Student
    helped: Student
    playing: UUID
    finished: UUID
    to_send: UUID
    cut_short: UUID

    def sign_in(self, visitor: Visitor, role: Role) -> None:
        """Sign somebody of this role in, through the forms."""
        if role is Role.ANONYMOUS:
            return
        if role is Role.PUPIL:
            visitor.go("/connexion/eleve")
            type_credentials(visitor, self.player.learner.username)
        else:
            person = self.admin if role is Role.ADMIN else self.member
            visitor.go("/connexion")
            visitor.fill("Adresse électronique", person.account.email)
            visitor.fill("Mot de passe", PASSWORD)
        visitor.press("Je me connecte" if role is Role.PUPIL else "Se connecter")


def play(public_id: UUID, pupil: Student, *, answers: int, skill: float, seed: int) -> None:
    """Answer at most this many questions; `skill` is the share of right answers."""
    chance = random.Random(seed)
    for _ in range(answers):
        turn = turns.load(public_id, pupil.learner_id or 0)
        if turn.asked is None:
            return
        lot = chance.random()
        how = SKIP if lot > 0.95 else RIGHT if lot < skill else WRONG
        answering.answer(turn, how, at=datetime.now(UTC))


def make_world(house: House) -> World:
    """Make the school, in the database of a running portal."""
    with house.app.app_context():
        now = datetime.now(UTC)
        forecasts.refresh(current_bank(), at=now)
        school = factories.make_school()
        admin, member = _make_team(school)
        published = _stage(admin, now, siecle.draw_pupils(30, ("6eA", "6eB")))
        rosters.publish(published, {"6eA": Grade.SIXIEME, "6eB": Grade.SIXIEME}, _doer(admin, now))
        pupils, unlinked = _make_pupils(school)
        campaign = factories.make_campaign(member, name="Rentrée des 5es", at=now)
        explicit = factories.make_campaign(
            admin, name="Chercher et vérifier", pathway="t-05", sending=Sending.EXPLICIT, at=now
        )
        archived = factories.make_campaign(member, name="Essai de juin", at=now)
        lina, noe = pupils[:2]
        to_send, cut_short = start(explicit, lina), start(archived, lina)
        _play_all(campaign, pupils)
        _play_and_report(to_send, lina, now)
        play(start(explicit, noe), noe, answers=4, skill=0.5, seed=11)
        _cut_short(archived, cut_short, lina, now)
        made = _invite(admin, now)
        return World(
            house=house,
            admin=admin,
            member=member,
            campaign=campaign,
            explicit=explicit,
            archived=archived,
            invitations=[one.public_id for one in made],
            invitation_token=_token_of(house.app, links.invitation_url, made[0]),
            password_token=_token_of(
                house.app,
                links.password_url,
                members.password_ticket(member.public_id, _doer(admin, now))[1],
            ),
            imports=[published, _stage(admin, now, siecle.draw_pupils(40, ("6eA", "6eB", "6eC"), seed=2))],
            player=lina,
            unlinked=unlinked,
            helped=pupils[2],
            playing=start(campaign, lina),
            finished=start(campaign, noe),
            to_send=to_send,
            cut_short=cut_short,
        )


def _play_all(campaign: Campaign, pupils: list[Student]) -> None:
    """Bring the first pupils to every state."""
    for index, (pupil, answers) in enumerate(zip(pupils, ANSWERS, strict=False)):
        play(start(campaign, pupil), pupil, answers=answers, skill=0.3 + index / 10, seed=index)


def _play_and_report(public_id: UUID, pupil: Student, now: datetime) -> None:
    """Finish a try, and tell problems with three of its questions, one of them looked at since."""
    play(public_id, pupil, answers=ALL, skill=0.7, seed=8)
    turn = turns.load(public_id, pupil.learner_id or 0)
    comments = ("", "La deuxième réponse est bonne aussi, d’après notre cours.", "L’image reste grise.")
    problems = (Problem.UNCLEAR, Problem.RIGHT, Problem.BROKEN)
    for question, problem, comment in zip(turn.questions, problems, comments, strict=False):
        reports.send(turn, question.public_id, problem, comment, school_id=pupil.school_id, at=now)
    first = turn.questions[0]
    by = members.Doer(pupil.school_id, 1, now)
    reports.handle(first.challenge, first.version, "Énoncé relu avec la classe.", by)


def _cut_short(campaign: Campaign, public_id: UUID, pupil: Student, now: datetime) -> None:
    """Archive a campaign under the hands of a pupil."""
    play(public_id, pupil, answers=2, skill=0.5, seed=9)
    campaigns.archive(campaign, at=now)
    play(public_id, pupil, answers=1, skill=0.5, seed=10)


def _make_team(school: School) -> tuple[Member, Member]:
    factories.make_member(school, first_name="Inès", last_name="Kervella", function=Function.AESH)
    return (
        factories.make_member(school, first_name="Solène", role=Role.ADMIN, function=None),
        factories.make_member(school, first_name="Bruno", function=Function.HOMEROOM_TEACHER),
    )


def _make_pupils(school: School) -> tuple[list[Student], Student]:
    groups = [factories.make_class(school, name=name) for name in ("5eA", "5eB")]
    pupils = [
        factories.make_student(
            school,
            first_name=first,
            last_name=last,
            class_group=groups[index % 2],
            birth_date=date(2014, 1 + index, 9),
        )
        for index, (first, last) in enumerate(NAMES)
    ]
    factories.make_student(school, first_name="Yann", last_name="Guéguen", is_disabled=True)
    new = factories.make_student(
        school,
        first_name="Rose",
        last_name="Martin",
        class_group=groups[1],
        birth_date=NEW_PUPIL_BORN_ON,
        is_linked=False,
    )
    return pupils, new


def _doer(member: Member, now: datetime) -> members.Doer:
    return members.Doer(member.school_id, member.id, now)


def _invite(admin: Member, now: datetime) -> list[Invitation]:
    """Invite two people, the second too long ago."""
    found = []
    for address, at in (("claire.lemaitre", now), ("remplacant", now - timedelta(days=40))):
        draft = invitations.Draft(f"{address}@ecole.example", Function.LIBRARIAN, Role.MEMBER)
        made = invitations.invite(draft, school_id=admin.school_id, by_id=admin.id, at=at)
        found.append(
            db.session.execute(select(Invitation).where(Invitation.public_id == made[0])).scalar_one()
        )
    return found


def _token_of(app: Flask, write: Callable[..., str], what: object) -> str:
    with app.test_request_context():
        return write(what).rsplit("/", 1)[1]


def _stage(admin: Member, now: datetime, pupils: list[siecle.FakePupil]) -> UUID:
    """Read a roster file, up to the page that shows what it would change."""
    return rosters.stage(siecle.siecle_xml(pupils), siecle.XML_NAME, _doer(admin, now))
