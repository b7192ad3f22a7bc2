"""From the first release to the present one, with a try under way: nothing is lost, and it goes on."""

import json
import os
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import MetaData, Table, func, inspect, select

from portal import create_app
from portal.bank_store import current_bank
from portal.extensions import db
from portal.persistence.models import Campaign, Participation, Question, School, Withdrawal
from portal.persistence.transaction import write_tx
from portal.services import answers, turns
from portal.services import bank as bank_service
from portal.settings import Settings
from tests import postgres
from tests.conftest import DATABASE

BEFORE = datetime(2026, 9, 1, 8, 0)
THEN = datetime(2026, 9, 7, 8, 5)
SOON = datetime(2026, 9, 7, 8, 30, tzinfo=UTC)
TRY = uuid.UUID(int=7)


@pytest.fixture
def first_release(tmp_path: Path, worker_id: str) -> Iterator[Flask]:
    """A database as the first release made it, with its bank."""
    url = f"sqlite:///{tmp_path / 'balise.sqlite3'}"
    if DATABASE == "postgresql":
        url = postgres.create_worker_database(os.environ["BALISE_TEST_POSTGRESQL"], f"{worker_id}_first")
    app = create_app(Settings(instance=tmp_path, database_url=url, secret_key="k" * 64, is_testing=True))
    with app.app_context():
        flask_migrate.upgrade(revision="0001")
        bank_service.load(current_bank(), at=SOON)
        _fill()
        yield app
        db.session.remove()
        db.engine.dispose()


def _fill() -> None:
    """Put a try under way in it: two answers, one of them a skip, a third question that waits."""
    skill, *_ = (skill for tube in current_bank().tubes.values() for skill in tube.skills)
    variants = current_bank().challenges[skill.id]
    challenges = [
        {
            "id": one.id,
            "version": bank_service.version_of(one),
            "kind": one.kind.value,
            "proposals": len(one.proposals),
            "seconds": one.seconds,
            "timed": False,
        }
        for one in variants
    ]
    frozen = {"id": skill.id, "tube": skill.tube, "competence": skill.competence, "level": skill.level}
    test = {
        "parameters_version": "baseline-1",
        "parameters": {},
        "skills": [{**frozen, "offset": 0.0, "challenges": challenges}],
    }
    words = {"tube_title": "Un sujet", "description": "faire", "hint": "", "tutorial": ""}
    content = {"title": "Un parcours", "stages": [], "skills": [{**frozen, **words}]}
    _insert_people(content)
    _insert("frozen_tests", digest="d" * 64, content=test)
    _insert_try(skill.id, challenges)


def _insert_people(content: dict[str, Any]) -> None:
    _insert("schools", id=1, uai="0750001U", name="Collège")
    _insert("accounts", id=1, email="a@ecole.example")
    _insert("members", id=1, school_id=1, account_id=1, role="admin")
    _insert("learners", id=1, public_id=uuid.UUID(int=1), username="lina.durand0504")
    _insert(
        "students",
        id=1,
        public_id=uuid.UUID(int=2),
        school_id=1,
        learner_id=1,
        birth_date=THEN.date(),
    )
    _insert(
        "campaigns",
        id=1,
        code="ABCDEF234",
        school_id=1,
        owner_id=1,
        kind="assessment",
        sending="automatic",
        content=content,
        year=2026,
    )


def _insert_try(skill: str, challenges: list[dict[str, Any]]) -> None:
    _insert(
        "participations",
        id=1,
        public_id=TRY,
        campaign_id=1,
        learner_id=1,
        student_id=1,
        attempt=1,
        status="started",
        frozen_test="d" * 64,
        context={"seed": "s", "exposure": {}, "seen": []},
        answered=2,
        started_at=THEN,
    )
    for number, outcome in enumerate(("skipped", "ok", None), start=1):
        asked = challenges[min(number, len(challenges)) - 1]
        _insert(
            "questions",
            id=number,
            public_id=uuid.UUID(int=100 + number),
            participation_id=1,
            position=number,
            skill=skill,
            challenge=asked["id"],
            version=asked["version"],
            reason={"rule": "best_gain", "probability": 0.5, "gain": 1.0},
            served_at=THEN,
        )
        if outcome:
            _insert(
                "answers",
                question_id=number,
                outcome=outcome,
                given={"choices": [], "texts": []},
                answered_at=THEN,
            )
    _insert_withdrawals(challenges)


def _insert_withdrawals(challenges: list[dict[str, Any]]) -> None:
    """Withdraw a question that only its answers name, one that was corrected since, and one without trace."""
    asked, corrected = challenges[0]["id"], _never_asked()
    _insert("challenge_versions", challenge=corrected, version="judged", content={}, loaded_at=BEFORE)
    for challenge in (asked, corrected, "ancienne"):
        _insert("withdrawals", challenge=challenge, reason="Faute", at=THEN)


def _never_asked() -> str:
    """Name the last question of the bank."""
    *_, (_, challenge) = current_bank().every_challenge()
    return challenge.id


def _insert(table_name: str, /, **values: object) -> None:
    """Insert a row in a table as it stands in the database; what must be there is something."""
    table = Table(table_name, MetaData(), autoload_with=db.engine)
    fillers = {
        str: "x",
        bool: False,
        int: 0,
        float: 0.0,
        dict: {},
        datetime: THEN,
        object: {},
        uuid.UUID: TRY,
    }
    for column in table.columns:
        if column.name not in values and not column.nullable and column.server_default is None:
            if column.primary_key and column.name == "id":
                continue
            values[column.name] = fillers[column.type.python_type]
    if db.engine.dialect.name == "sqlite":
        values = {key: one.hex if isinstance(one, uuid.UUID) else one for key, one in values.items()}
    with write_tx() as session:
        session.execute(table.insert().values(**values))


def test_what_was_there_is_there_and_the_new_columns_say_what_is_true(first_release: Flask) -> None:
    flask_migrate.upgrade()

    school = db.session.scalars(select(School)).one()
    campaign = db.session.scalars(select(Campaign)).one()
    participation = db.session.scalars(select(Participation)).one()
    assert (school.is_demonstration, campaign.duration) == (False, "medium")
    assert (participation.answered, participation.skipped) == (2, 1)
    assert participation.public_id == TRY


def test_a_try_under_way_goes_on_with_the_engine(first_release: Flask) -> None:
    flask_migrate.upgrade()
    turn = turns.load(TRY, 1)
    assert turn.asked is not None

    step = answers.answer(turn, turn.asked.public_id, None, at=SOON)

    assert step.progress == 1 and turns.load(TRY, 1).is_over


def test_a_withdrawal_names_the_version_that_was_judged(first_release: Flask) -> None:
    flask_migrate.upgrade()

    found = {one.challenge: one.version for one in db.session.scalars(select(Withdrawal))}
    first = db.session.scalars(select(Question).where(Question.position == 1)).one()
    assert found == {first.challenge: first.version, _never_asked(): "judged", "ancienne": ""}


def test_the_way_back_keeps_the_latest_withdrawal_of_each_question(first_release: Flask) -> None:
    flask_migrate.upgrade()
    later = {"challenge": "ancienne", "version": "v2", "at": SOON}
    with write_tx() as session:
        session.add(Withdrawal(**later, reason="Encore"))
    flask_migrate.downgrade(revision="0002")

    rows = Table("withdrawals", MetaData(), autoload_with=db.engine)
    assert [one.name for one in rows.primary_key] == ["challenge"]
    found = {one.challenge: one.reason for one in db.session.execute(select(rows))}
    assert len(found) == 3 and found["ancienne"] == "Encore"
    db.session.rollback()
    flask_migrate.upgrade()


def test_the_way_back_keeps_the_rows(first_release: Flask) -> None:
    flask_migrate.upgrade()
    flask_migrate.downgrade(revision="0001")

    columns = {one["name"] for one in inspect(db.engine).get_columns("participations")}
    answers_table = Table("answers", MetaData(), autoload_with=db.engine)
    assert "skipped" not in columns
    assert db.session.scalar(select(func.count()).select_from(answers_table)) == 2
    flask_migrate.upgrade()
    assert json.dumps(db.session.scalars(select(Participation.context)).one())
