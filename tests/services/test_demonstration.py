"""The demonstration school: made through the real services, the same each time, erased whole."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal.bank_store import current_bank
from portal.domain.errors import NotFound
from portal.domain.participation import Status
from portal.domain.permissions import Role
from portal.domain.school import Grade, school_year
from portal.extensions import db
from portal.persistence.models import (
    Account,
    Answer,
    Campaign,
    Learner,
    Member,
    Participation,
    Question,
    School,
    Snapshot,
    Student,
)
from portal.persistence.transaction import write_tx
from portal.services import (
    accounts,
    demonstration,
    demonstration_play,
    demonstration_summary,
    replays,
    schools,
)
from portal.services.demonstration import Progress, Scale
from tests import factories, players
from tests.conftest import NOON
from tests.factories import Cast

SMALL = Scale(classes=(("6eA", Grade.SIXIEME), ("5eA", Grade.CINQUIEME)), a_class=8, answers=250)
MEDIUM = Scale(classes=(("5eA", Grade.CINQUIEME), ("4eA", Grade.QUATRIEME)), a_class=40, answers=1500)


def _make(scale: Scale = SMALL) -> demonstration.Credentials:
    return demonstration.create(current_bank(), at=NOON, scale=scale)


def _everything() -> dict[str, list[Any]]:
    """Read every row of every table but the bank's."""
    db.session.rollback()
    return {
        table.name: sorted(str(tuple(row)) for row in db.session.execute(select(table)))
        for table in db.metadata.sorted_tables
        if table.name not in {"challenge_versions", "sign_ins"}
    }


def _story() -> list[Any]:
    """Tell what happened, without what is drawn anew: ids, codes and secrets."""
    query = (
        select(Learner.username, Campaign.name, Participation.status, Question.challenge, Answer.outcome)
        .join(Participation, Participation.learner_id == Learner.id)
        .join(Campaign, Campaign.id == Participation.campaign_id)
        .join(Question, Question.participation_id == Participation.id)
        .outerjoin(Answer, Answer.question_id == Question.id)
        .order_by(Campaign.year, Campaign.name, Learner.username, Question.position)
    )
    return [tuple(row) for row in db.session.execute(query)]


def test_a_school_with_two_years_and_pupils_in_every_state(app: Flask) -> None:
    made = _make()

    school = demonstration.find()
    assert school is not None and school.is_demonstration and demonstration.is_ready(school.id)
    assert schools.exists() and not schools.is_set_up()
    roles = db.session.scalars(select(Member.role)).all()
    assert (len(roles), roles.count(Role.ADMIN)) == (8, 1)
    given = {(year, pathway) for year, pathway in db.session.execute(select(Campaign.year, Campaign.pathway))}
    ours = {key for key, one in current_bank().pathways.items() if {"6e", "5e"} & set(one.grades)}
    assert {pathway for year, pathway in given if year == school_year(NOON)} == ours
    assert {year for year, _ in given} == {school_year(NOON) - 1, school_year(NOON)}
    tries = db.session.scalars(select(Participation)).all()
    assert {one.status for one in tries} >= {Status.STARTED, Status.SHARED}
    assert sum(one.closed_at is not None for one in tries) == 1
    assert any(one.skipped for one in tries)
    assert all((one.last_answer_at or one.started_at) < NOON for one in tries)
    students = db.session.scalars(select(Student)).all()
    assert any(one.learner_id is None for one in students) and any(one.disabled_at for one in students)
    linked = {one.learner_id for one in students} - {None}
    assert linked == {one.learner_id for one in tries} == set(db.session.scalars(select(Learner.id)))
    assert accounts.sign_in_member(made.email, made.password, device="", at=NOON)
    player = next(one for one in students if one.learner_id and not one.disabled_at)
    assert accounts.sign_in_learner(player.learner.username, made.passphrase, device="", at=NOON)
    assert [found for one in tries for found in replays.replay(one.id)] == []


def test_the_same_school_each_time_but_its_secrets(app: Flask) -> None:
    first, told = _make(), _story()
    demonstration.remove(demonstration.find().id)

    second = _make()

    assert _story() == told and len(told) > 50
    assert first.password != second.password and first.passphrase != second.passphrase


def test_erasing_leaves_every_other_school_as_it_was(cast: Cast) -> None:
    players.play(cast.lina, factories.make_campaign(cast.solene), at=NOON)
    before = _everything()
    _make()
    assert len(_everything()["students"]) > len(before["students"])

    demonstration.remove(demonstration.find().id)

    assert _everything() == before


def test_a_real_school_is_never_erased(cast: Cast) -> None:
    before = _everything()
    with pytest.raises(NotFound):
        demonstration.remove(cast.school.id)
    assert _everything() == before


def test_one_at_a_time(app: Flask) -> None:
    _make()
    with pytest.raises(demonstration.AlreadyThere):
        _make()
    assert db.session.scalar(select(func.count(School.id))) == 1


def test_a_school_stopped_half_way_is_not_ready_and_is_erased_too(app: Flask) -> None:
    founded = demonstration.found(at=NOON, scale=SMALL)

    def stop(progress: Progress) -> None:
        if progress.done == 3:
            progress.stop.set()

    with pytest.raises(demonstration_play.Stopped):
        demonstration.complete(founded, current_bank(), at=NOON, progress=Progress(), tell=stop)
    assert not demonstration.is_ready(founded.school.id)

    demonstration.remove(founded.school.id)

    rows = _everything()
    assert not any(rows.values()), {name: len(found) for name, found in rows.items() if found}


def test_a_colleague_who_joined_a_real_school_keeps_the_account(cast: Cast) -> None:
    made = _make()
    account = db.session.scalars(select(Account).where(Account.email == made.email)).one()
    with write_tx() as session:
        session.add(Member(school=cast.school, account=account, role=Role.MEMBER, joined_at=NOON))

    demonstration.remove(demonstration.find().id)

    assert db.session.scalar(select(Account.id).where(Account.email == made.email))
    assert _make().email == "maelle.corvaisier1@demonstration.example"


def test_who_answered_last_year_gets_fewer_questions(app: Flask) -> None:
    _make(MEDIUM)

    lines = demonstration_summary.summary(demonstration.find().id)

    assert lines
    gaps = [(one.new.mean - one.returning.mean) * one.returning.count for one in lines]
    assert sum(gaps) > 0


def test_what_was_sent_has_its_snapshot(app: Flask) -> None:
    _make()
    sent = set(db.session.scalars(select(Participation.id).where(Participation.status == Status.SHARED)))
    assert set(db.session.scalars(select(Snapshot.participation_id))) == sent
