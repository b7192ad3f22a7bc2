"""The demonstration school: made through the real services, the same each time, erased whole."""

import threading
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from portal import clock
from portal.bank.loader import Bank
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
    demonstration_building,
    demonstration_play,
    demonstration_summary,
    identities,
    replays,
    schools,
)
from portal.services.demonstration import Progress, Scale
from tests import factories, players
from tests.conftest import NOON
from tests.factories import Cast

SMALL = Scale(classes=(("6eA", Grade.SIXIEME), ("5eA", Grade.CINQUIEME)), a_class=8, answers=250)
MEDIUM = Scale(classes=(("5eA", Grade.CINQUIEME), ("4eA", Grade.QUATRIEME)), a_class=40, answers=1500)


def _make(scale: Scale = SMALL, bank: Bank | None = None) -> demonstration.Credentials:
    return demonstration.create(bank or current_bank(), at=NOON, scale=scale)


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
    # A parcours long enough that its end depends on the answers.
    long = replace(current_bank().pathways["6e-1"], grades=(Grade.SIXIEME, Grade.CINQUIEME, Grade.QUATRIEME))
    _make(MEDIUM, replace(current_bank(), pathways={long.id: long}))

    lines = demonstration_summary.summary(demonstration.find().id)

    assert lines
    gaps = [(one.new.mean - one.returning.mean) * one.returning.count for one in lines]
    assert sum(gaps) > 0


def test_what_was_sent_has_its_snapshot(app: Flask) -> None:
    _make()
    sent = set(db.session.scalars(select(Participation.id).where(Participation.status == Status.SHARED)))
    assert set(db.session.scalars(select(Snapshot.participation_id))) == sent


@pytest.mark.parametrize("step", ["_campaign", "_play_one", "_move_up", "_cut_short", "_settle"])
def test_a_school_erased_by_another_process_is_given_up_wherever_it_stands(
    app: Flask, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    real = getattr(demonstration_play, step)

    def erased_before(*values: Any, **more: Any) -> Any:
        with app.app_context():
            school = demonstration.find()
            if school:
                demonstration.remove(school.id)
        return real(*values, **more)

    monkeypatch.setattr(demonstration_play, step, erased_before)
    with pytest.raises(demonstration_play.Stopped):
        _make()

    rows = _everything()
    assert not any(rows.values()), {name: len(found) for name, found in rows.items() if found}


def test_the_thread_stops_without_a_word_when_its_school_is_gone(
    app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demonstration, "FULL", SMALL)
    building = demonstration_building.begin(current_bank(), "nonce", app.app_context, at=NOON)

    demonstration.remove(building.school_id)
    demonstration_building.wait(60)

    assert caplog.records == []
    assert not any(_everything().values())


def test_a_school_made_again_under_the_same_number_is_not_taken_for_the_first(app: Flask) -> None:
    founded = demonstration.found(at=NOON, scale=SMALL)
    with app.app_context():
        demonstration.remove(demonstration.find().id)
        demonstration.found(at=NOON + timedelta(minutes=1), scale=SMALL)
    before = _everything()

    with pytest.raises(demonstration_play.Stopped):
        demonstration.complete(founded, current_bank(), at=NOON, progress=Progress())

    assert _everything() == before


def test_pupils_that_a_visitor_became_meanwhile_are_left_to_the_visitor(app: Flask) -> None:
    # Fewer answers than usual, so that several pupils have not come.
    founded = demonstration.found(at=NOON, scale=replace(SMALL, answers=150))
    players_of, signed_in, joined = [], [], []

    def visit(progress: Progress) -> None:
        """Before the accounts are settled: play as a pupil who never came, sign in as one, join as one."""
        if progress.done < progress.total or players_of:
            return
        with app.app_context():
            unused = [one for one in db.session.scalars(select(Student)).all() if not _has_played(one)]
            first, second, third, *_ = unused
            campaign = db.session.scalars(select(Campaign).where(Campaign.archived_at.is_(None))).first()
            players.play(first, campaign, questions=1, at=NOON)
            accounts.open_learner_session(second.learner, device="", at=NOON)
            with write_tx():
                third.learner = None
            identities.link(third.id, "visiteur", "quatre mots sans lien", at=NOON)
            players_of.append(first.id), signed_in.append(second.id), joined.append(third.id)

    demonstration.complete(founded, current_bank(), at=NOON, progress=Progress(), tell=visit)

    assert demonstration.is_ready(founded.school.id)
    db.session.expire_all()
    for key in (*players_of, *signed_in, *joined):
        assert db.session.get_one(Student, key).learner_id is not None
    assert db.session.get_one(Student, joined[0]).linked_at == NOON


def _has_played(student: Student) -> bool:
    query = select(Participation.id).where(Participation.student_id == student.id)
    return db.session.scalar(query.limit(1)) is not None


def test_another_process_reads_how_far_it_is_until_it_ends(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(demonstration, "FULL", SMALL)
    monkeypatch.setattr(demonstration_building, "_SECONDS_BETWEEN_NEWS", 0.0)
    held, go_on, real = threading.Event(), threading.Event(), demonstration_play._move_up

    def wait_here(stage: demonstration_play.Stage) -> None:
        held.set()
        go_on.wait(60)
        real(stage)

    monkeypatch.setattr(demonstration_play, "_move_up", wait_here)
    building = demonstration_building.begin(current_bank(), "nonce", app.app_context, at=NOON)
    held.wait(60)
    here = building.progress.done, building.progress.total
    monkeypatch.setattr(demonstration_building, "_latest", [])

    told = demonstration_building.under_way(building.school_id)
    with monkeypatch.context() as later:
        late = clock.now() + timedelta(minutes=1)
        later.setattr(clock, "now", lambda: late)
        silent = demonstration_building.under_way(building.school_id)
    go_on.set()
    building.thread.join(60)
    db.session.rollback()

    assert (told.done, told.total) == here and told.done > 0
    assert silent is None
    assert demonstration_building.under_way(building.school_id) is None
    assert demonstration.is_ready(building.school_id)
