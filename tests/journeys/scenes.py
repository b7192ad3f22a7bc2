"""What a test of the browser begins with: a pupil on the list, at a question, signed in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from uuid import UUID

from sqlalchemy import delete, select

from portal.bank_store import current_bank
from portal.domain.referential import Kind
from portal.extensions import db
from portal.persistence.models import Answer, Campaign, Participation, Question, School, SignIn, Student
from portal.persistence.transaction import write_tx
from portal.services import answers, campaigns, freezing, participations, turns, workbench
from portal.services.exercises import Exercise
from tests import exercises, factories
from tests.factories import PASSPHRASE
from tests.journeys.house import House
from tests.journeys.visitor import Visitor

_numbers = count(1)
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"


@dataclass(frozen=True)
class Scene:
    """A pupil and his or her try, in a school of their own."""

    house: House
    username: str
    learner_id: int
    campaign_code: str
    public_id: UUID

    @property
    def question_path(self) -> str:
        """Give the address of the question that waits."""
        return f"/participations/{self.public_id}/question"

    def sign_in(self, visitor: Visitor) -> None:
        """Sign the pupil in through the form, and go to the question."""
        visitor.go("/connexion/eleve")
        type_credentials(visitor, self.username)
        visitor.press("Je me connecte")
        visitor.go(self.question_path)

    def answers(self) -> list[tuple[int, str]]:
        """Read the answers from the database: position and outcome."""
        with self.house.app.app_context():
            rows = db.session.execute(
                select(Question.position, Answer.outcome)
                .join(Answer, Answer.question_id == Question.id)
                .join(Participation, Participation.id == Question.participation_id)
                .where(Participation.public_id == self.public_id)
                .order_by(Question.position)
            )
            return [(position, outcome) for position, outcome in rows]

    def exercise(self) -> Exercise:
        """Give the question that waits, as the pupil meets it."""
        with self.house.app.app_context():
            return exercises.met(exercises.waiting(self.public_id))

    def close_sessions(self) -> None:
        """End the pupil's sessions, as hours away from the computer do."""
        with self.house.app.app_context(), write_tx() as session:
            session.execute(delete(SignIn).where(SignIn.learner_id == self.learner_id))

    def archive(self) -> None:
        """Archive the campaign under the pupil's hands."""
        with self.house.app.app_context():
            campaign = db.session.execute(
                select(Campaign).where(Campaign.code == self.campaign_code)
            ).scalar_one()
            campaigns.archive(campaign, at=datetime.now(UTC))


def type_credentials(visitor: Visitor, username: str, secret: str = PASSPHRASE) -> None:
    """Type a pupil's username and words, on either form that asks for them."""
    visitor.page.locator("#username").fill(username)
    visitor.page.locator("#secret").fill(secret)


def new_school(name: str = "Collège des Tilleuls") -> School:
    """Make a school that no other test has."""
    digits = f"{next(_numbers) % 10_000_000:07d}"
    return factories.make_school(name=name, uai=digits + _LETTERS[int(digits) % 23])


def set_scene(house: House, *, kinds: Sequence[Kind] = (), pathway: str = "6e-1", answered: int = 0) -> Scene:
    """Put a pupil before a question.

    Args:
        kinds: the kind of the question that waits, when it matters.
        answered: how many questions the pupil passed before.
    """
    with house.app.app_context():
        school = new_school()
        group = factories.make_class(school)
        pupil = factories.make_student(school, class_group=group)
        teacher = factories.make_member(school, first_name="Bruno")
        campaign = factories.make_campaign(teacher, pathway=pathway)
        public_id = start(campaign, pupil)
        for _ in range(answered):
            skip(public_id, pupil)
        for kind in kinds:
            ask(public_id, campaign, kind)
        begin(public_id, pupil)
        return Scene(house, pupil.learner.username, pupil.learner.id, campaign.code, public_id)


def start(campaign: Campaign, pupil: Student) -> UUID:
    """Start a try, as the landing page does."""
    return participations.start(campaign, pupil, current_bank(), at=datetime.now(UTC))


def begin(public_id: UUID, pupil: Student) -> None:
    """Begin the time of the question that waits, when it is timed."""
    turn = turns.load(public_id, pupil.learner_id or 0)
    assert turn.asked is not None
    if turns.served_of(turn.asked._mapping).is_held:
        workbench.begin(turn, turn.asked.public_id, at=datetime.now(UTC))


def skip(public_id: UUID, pupil: Student) -> None:
    """Pass the question that waits."""
    turn = turns.load(public_id, pupil.learner_id or 0)
    assert turn.asked is not None
    answers.answer(turn, turn.asked.public_id, None, at=datetime.now(UTC))


def ask(public_id: UUID, campaign: Campaign, kind: Kind) -> None:
    """Replace the question that waits by one of this kind, from the same campaign."""
    skills = {skill.id for skill in freezing.campaign_skills(campaign)}
    skill, challenge = next(
        (skill, challenge)
        for skill, challenge in current_bank().every_challenge()
        if skill.id in skills and challenge.kind is kind
    )
    exercises.ask(public_id, challenge, skill=skill.id)
