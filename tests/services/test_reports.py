"""A problem with a question is told once by each pupil, and looked at by the school."""

from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from portal.domain.errors import NotFound
from portal.domain.participation import NotAsked
from portal.domain.report import MOST_AN_HOUR, Problem, TooManyReports
from portal.extensions import db
from portal.persistence.models import Participation, Report
from portal.persistence.queries import reports as queries
from portal.persistence.transaction import write_tx
from portal.services import reports, turns
from portal.services.members import Doer
from portal.services.reports import AlreadyHandled
from tests.factories import SEPTEMBER, make_campaign
from tests.players import play


@pytest.fixture
def turn(cast):
    """Lina, after three questions."""
    public_id = play(cast.lina, make_campaign(cast.solene), questions=3)
    return turns.load(public_id, cast.lina.learner_id)


def tell(cast, turn, *, number=1, problem=Problem.UNCLEAR, comment="", at=SEPTEMBER):
    question = turn.questions[number - 1].public_id
    reports.send(turn, question, problem, comment, school_id=cast.school.id, at=at)


def kept():
    db.session.expire_all()
    return db.session.scalars(db.select(Report).order_by(Report.id)).all()


def handle(cast, row, note="Vu.", school=None):
    reports.handle(
        row.challenge, row.version, note, Doer((school or cast.school).id, cast.bruno.id, SEPTEMBER)
    )


def test_it_names_the_version_the_try_and_the_moment(cast, turn):
    tell(cast, turn, problem=Problem.BROKEN, comment="L’image reste grise.")

    (one,) = kept()
    asked = turn.questions[0]
    assert (one.challenge, one.version, one.skill) == (asked.challenge, asked.version, asked.skill)
    assert (one.learner_id, one.participation_id) == (cast.lina.learner_id, turn.row.id)
    assert (one.problem, one.comment, one.at) == ("broken", "L’image reste grise.", SEPTEMBER)
    assert one.handled_at is None


def test_told_again_it_replaces_and_waits_again(cast, turn):
    tell(cast, turn, comment="D’abord.")
    handle(cast, turn.questions[0])
    tell(cast, turn, problem=Problem.RIGHT, comment="Ensuite.")

    (one,) = kept()
    assert (one.problem, one.comment, one.handled_at, one.note) == ("right", "Ensuite.", None, "")


def test_answered_or_not_each_question_of_the_try_can_be_told(cast, turn):
    for number in (1, 2, 4):
        tell(cast, turn, number=number)

    assert len(kept()) == 3


def test_a_question_of_no_try_of_ours_is_refused(cast, turn):
    other = play(cast.noe, make_campaign(cast.solene), questions=0)
    question = turns.load(other, cast.noe.learner_id).questions[0].public_id

    with pytest.raises(NotAsked):
        reports.send(turn, question, Problem.OTHER, "", school_id=cast.school.id, at=SEPTEMBER)


def test_an_hour_holds_so_many_and_the_next_one_as_many_again(cast, turn):
    tell(cast, turn)
    with write_tx() as session:
        for number in range(MOST_AN_HOUR - 1):
            values = {
                one.name: getattr(kept_one, one.name)
                for kept_one in kept()
                for one in Report.__table__.columns
            }
            values |= {"id": 100 + number, "challenge": f"autre-{number}"}
            session.execute(db.insert(Report).values(**values))

    with pytest.raises(TooManyReports):
        tell(cast, turn, number=2)
    # What was told already can still be said better.
    tell(cast, turn, comment="Mieux dit.")
    tell(cast, turn, number=2, at=SEPTEMBER + timedelta(hours=1, seconds=1))
    assert len(kept()) == MOST_AN_HOUR + 1


def test_a_school_handles_its_own_and_only_once(cast, turn):
    tell(cast, turn)

    with pytest.raises(NotFound):
        handle(cast, turn.questions[0], school=cast.other_school)
    handle(cast, turn.questions[0], note="Corrigée.")
    assert [(one.note, one.handled_at) for one in kept()] == [("Corrigée.", SEPTEMBER)]
    with pytest.raises(AlreadyHandled) as before:
        handle(cast, turn.questions[0], note="Encore.")
    assert (before.value.note, before.value.at) == ("Corrigée.", SEPTEMBER)
    assert [one.note for one in kept()] == ["Corrigée."]
    with pytest.raises(NotFound):
        handle(cast, turn.questions[0], school=cast.other_school)


def test_questions_are_counted_not_reports(cast, turn):
    other = turns.load(play(cast.noe, make_campaign(cast.solene), questions=3), cast.noe.learner_id)
    for one in (turn, other):
        for number in (1, 2):
            tell(cast, one, number=number)
    told = {(one.challenge, one.version) for one in kept()}

    assert queries.counts(cast.school.id) == (len(told), 0)
    handle(cast, turn.questions[0])
    assert queries.counts(cast.school.id) == (len(told) - 1, 1)
    assert queries.counts(cast.other_school.id) == (0, 0)


def test_a_try_erased_meanwhile_is_refused_and_not_tried_for_ever(cast, turn):
    with write_tx() as session:
        session.execute(db.delete(Participation).where(Participation.id == turn.row.id))

    with pytest.raises(IntegrityError):
        tell(cast, turn)


def test_the_class_of_a_try_in_a_former_school_is_not_named(cast, turn):
    question = turn.questions[0].public_id
    other = cast.dora.school_id
    reports.send(turn, question, Problem.UNCLEAR, "", school_id=other, at=SEPTEMBER)

    (row,) = queries.listed(other, is_handled=False)
    assert row.class_name is None and queries.listed(cast.school.id, is_handled=False) == []
