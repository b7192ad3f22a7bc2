"""The marks of a person on a page: one row, the first date kept, no row that says nothing."""

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from portal.bank_store import current_bank
from portal.domain.campaign import Sending
from portal.domain.tutorials import Rating
from portal.extensions import db
from portal.persistence.models import Learner, Reading
from portal.persistence.queries import tutorials as queries
from portal.persistence.transaction import write_tx
from portal.services import tutorials
from tests import factories, players
from tests.conftest import NOON

LATER = NOON + timedelta(days=3)


def rows():
    db.session.expire_all()
    return db.session.scalars(db.select(Reading)).all()


def test_reading_again_keeps_the_first_date(cast):
    for at in (NOON, LATER):
        tutorials.mark_read(cast.lina.learner_id, "un-sujet", is_read=True, at=at)

    assert queries.read_at(cast.lina.learner_id) == {"un-sujet": NOON}


def test_the_marks_of_a_page_share_one_row(cast):
    learner = cast.lina.learner_id
    tutorials.mark_read(learner, "un-sujet", is_read=True, at=NOON)
    tutorials.keep(learner, "un-sujet", is_kept=True, at=LATER)
    tutorials.rate(learner, "un-sujet", Rating.PARTLY)
    tutorials.rate(learner, "un-sujet", Rating.NO)

    [row] = rows()
    assert (row.read_at, row.saved_at, row.rating) == (NOON, LATER, Rating.NO)


def test_a_row_that_says_nothing_is_not_kept(cast):
    tutorials.mark_read(cast.lina.learner_id, "un-sujet", is_read=False, at=NOON)
    assert rows() == []
    tutorials.keep(cast.lina.learner_id, "un-sujet", is_kept=True, at=NOON)
    tutorials.keep(cast.lina.learner_id, "un-sujet", is_kept=False, at=NOON)

    assert rows() == []


def test_each_person_marks_for_oneself(cast):
    tutorials.mark_read(cast.lina.learner_id, "un-sujet", is_read=True, at=NOON)
    tutorials.keep(cast.noe.learner_id, "un-sujet", is_kept=True, at=NOON)

    assert queries.reading(cast.noe.learner_id, "un-sujet").read_at is None
    assert queries.reading(cast.malik.learner_id, "un-sujet") is None


def test_two_tabs_that_make_the_row_together_both_count(cast, monkeypatch):
    calls = []
    change = setattr

    def meanwhile(row, name, value):
        calls.append(name)
        if len(calls) == 1:
            raise IntegrityError("insert", {}, ValueError())
        change(row, name, value)

    monkeypatch.setattr(tutorials, "setattr", meanwhile, raising=False)
    tutorials.keep(cast.lina.learner_id, "un-sujet", is_kept=True, at=NOON)

    assert [row.saved_at for row in rows()] == [NOON]


def test_marks_go_with_their_person(cast):
    tutorials.keep(cast.lina.learner_id, "un-sujet", is_kept=True, at=NOON)
    with write_tx() as session:
        session.execute(db.delete(Learner).where(Learner.id == cast.lina.learner_id))

    assert rows() == []


def advised(student, read_at=None):
    return [one.tube for one in tutorials.recommended(student.learner_id, current_bank(), read_at or {})]


def test_pages_are_recommended_after_what_was_sent_missed_and_not_read_since(cast):
    campaign = factories.make_campaign(cast.solene)
    tubes = {one["tube"] for one in campaign.content["skills"]}
    assert advised(cast.lina) == []
    players.play(cast.lina, campaign, players.knows_nothing, at=NOON)

    found = advised(cast.lina)

    assert set(found) == tubes
    assert advised(cast.lina, {found[0]: LATER, found[1]: NOON - timedelta(days=1)}) == found[1:]


def test_a_later_try_that_is_right_takes_the_page_away(cast):
    players.play(cast.lina, factories.make_campaign(cast.solene), players.knows_nothing, at=NOON)
    players.play(cast.lina, factories.make_campaign(cast.solene), players.knows_all, at=LATER)

    assert advised(cast.lina) == []


def test_nothing_is_recommended_after_a_try_that_is_not_sent(cast):
    campaign = factories.make_campaign(cast.solene, sending=Sending.EXPLICIT)
    players.play(cast.lina, campaign, players.knows_nothing, at=NOON)

    assert advised(cast.lina) == []


def test_a_skill_that_changed_subject_since_the_try_is_advised_with_its_present_page(app, cast, monkeypatch):
    players.play(cast.lina, factories.make_campaign(cast.solene), players.knows_nothing, at=NOON)
    bank, found = current_bank(), advised(cast.lina)
    tubes = dict(bank.tubes)
    moved = replace(tubes.pop(found[0]), id="nouveau-sujet")
    tubes["nouveau-sujet"] = replace(
        moved, skills=tuple(replace(skill, tube="nouveau-sujet") for skill in moved.skills)
    )
    pages = {**bank.tutorials, "nouveau-sujet": bank.tutorials[found[0]]}
    monkeypatch.setitem(app.extensions, "bank", replace(bank, tubes=tubes, tutorials=pages))

    assert set(advised(cast.lina)) == {*found[1:], "nouveau-sujet"}
    assert "nouveau-sujet" not in advised(cast.lina, {"nouveau-sujet": LATER})


def test_a_mark_of_nobody_is_refused_and_not_tried_for_ever(cast):
    with pytest.raises(IntegrityError):
        tutorials.keep(10_000, "un-sujet", is_kept=True, at=NOON)
