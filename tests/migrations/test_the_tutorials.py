"""What pupils mark on pages: a new table beside theirs, and a way back that loses nothing else."""

import os
from collections.abc import Iterator
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import inspect

from portal import create_app
from portal.domain.tutorials import Rating
from portal.extensions import db
from portal.persistence.models import Learner, Reading
from portal.persistence.transaction import write_tx
from portal.services import tutorials
from portal.settings import Settings
from tests import postgres
from tests.conftest import DATABASE, NOON


@pytest.fixture
def before(tmp_path: Path, worker_id: str) -> Iterator[Flask]:
    """A database as it was before, with two persons in it."""
    url = f"sqlite:///{tmp_path / 'balise.sqlite3'}"
    if DATABASE == "postgresql":
        url = postgres.create_worker_database(os.environ["BALISE_TEST_POSTGRESQL"], f"{worker_id}_tutorials")
    app = create_app(Settings(instance=tmp_path, database_url=url, secret_key="k" * 64, is_testing=True))
    with app.app_context():
        flask_migrate.upgrade(revision="0004")
        with write_tx() as session:
            session.add_all(
                Learner(username=name, secret_hash="-", created_at=NOON) for name in ("lina", "noe")
            )
        yield app
        db.session.remove()
        db.engine.dispose()


def test_persons_mark_pages_and_the_way_back_keeps_the_persons(before: Flask) -> None:
    flask_migrate.upgrade(revision="0005")
    learners = db.session.scalars(db.select(Learner.id).order_by(Learner.id)).all()
    for learner in learners:
        tutorials.rate(learner, "un-sujet", Rating.YES)
    assert len(db.session.scalars(db.select(Reading)).all()) == 2
    db.session.rollback()

    flask_migrate.downgrade(revision="0004")

    assert not inspect(db.engine).has_table("readings")
    assert db.session.scalars(db.select(Learner.id).order_by(Learner.id)).all() == learners
    db.session.rollback()
    flask_migrate.upgrade()
    assert db.session.scalars(db.select(Reading)).all() == []
