"""The tables of the catalogue come and go without touching what was there."""

from collections.abc import Iterator

import flask_migrate
import pytest
from flask import Flask
from sqlalchemy import inspect, select

from portal.extensions import db
from portal.persistence.models import Participation
from tests.migrations.test_the_engine import first_release

__all__ = ["first_release"]


@pytest.fixture
def before(first_release: Flask) -> Iterator[Flask]:
    """A try under way, in a database as it was before the catalogue."""
    flask_migrate.upgrade(revision="0005")
    yield first_release


def tables() -> set[str]:
    db.session.rollback()
    return set(inspect(db.engine).get_table_names())


def test_the_tables_come_and_go_and_the_try_stays(before: Flask) -> None:
    flask_migrate.upgrade()
    assert {"forecasts", "reports"} <= tables()

    flask_migrate.downgrade(revision="0005")
    assert not {"forecasts", "reports"} & tables()
    assert "participations" in tables()

    flask_migrate.upgrade()
    assert db.session.scalars(select(Participation.answered)).one() == 2
