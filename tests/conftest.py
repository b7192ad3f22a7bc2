"""The cast, the application on either database, and a client that checks every page it sees."""

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import flask_migrate
import pytest
from flask import Flask
from playwright.sync_api import Browser, sync_playwright
from sqlalchemy import text

from portal import clock, create_app
from portal.bank_store import current_bank
from portal.extensions import db, limiter
from portal.persistence.transaction import write_tx
from portal.services import bank as bank_service
from portal.services import freezing
from portal.settings import Settings
from tests import factories, postgres
from tests.client import CheckingClient
from tests.factories import Cast
from tests.journeys.visitor import launch

DATABASE = os.environ.get("BALISE_TEST_DATABASE", "sqlite")
NOON = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)


def pytest_configure(config: pytest.Config) -> None:
    """Start the real PostgreSQL once, in the process that leads the workers."""
    if DATABASE == "postgresql" and not hasattr(config, "workerinput"):
        server = postgres.running_postgresql()
        os.environ["BALISE_TEST_POSTGRESQL"] = server.__enter__()
        config.add_cleanup(lambda: server.__exit__(None, None, None))


def _migrate_and_load(settings: Settings) -> Flask:
    app = create_app(settings)
    with app.app_context():
        flask_migrate.upgrade()
        bank_service.load(current_bank(), at=NOON)
        db.session.remove()
    return app


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Settings:
    """The settings of the tests: a database of this worker's own."""
    folder = tmp_path_factory.mktemp("instance")
    if DATABASE == "postgresql":
        url = postgres.create_worker_database(os.environ["BALISE_TEST_POSTGRESQL"], worker_id)
    else:
        url = f"sqlite:///{folder / 'balise.sqlite3'}"
    return Settings(instance=folder, database_url=url, secret_key="k" * 64, is_testing=True)


@pytest.fixture(scope="session")
def prepared(settings: Settings) -> Iterator[Flask]:
    """The application on a migrated database that holds the bank; SQLite's file is kept aside."""
    app = _migrate_and_load(settings)
    if settings.is_sqlite:
        with app.app_context():
            with db.engine.connect() as connection:
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            db.engine.dispose()
        path = Path(settings.database_url.removeprefix("sqlite:///"))
        shutil.copyfile(path, path.with_name("modele.sqlite3"))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, once for this worker: a process holds one only."""
    with sync_playwright() as playwright:
        chromium = launch(playwright)
        yield chromium
        chromium.close()


@pytest.fixture
def app(prepared: Flask, settings: Settings) -> Iterator[Flask]:
    """The application on a database as after the first start: the bank, and no school."""
    freezing.frozen_test.cache_clear()
    freezing.challenge.cache_clear()
    with prepared.app_context():
        _empty(settings)
        limiter.reset()
        yield prepared
        db.session.remove()


def _empty(settings: Settings) -> None:
    if settings.is_sqlite:
        db.session.remove()
        db.engine.dispose()
        path = Path(settings.database_url.removeprefix("sqlite:///"))
        for leftover in ("-wal", "-shm"):
            path.with_name(path.name + leftover).unlink(missing_ok=True)
        shutil.copyfile(path.with_name("modele.sqlite3"), path)
        return
    kept = {"alembic_version", "challenge_versions"}
    tables = ", ".join(table.name for table in db.metadata.sorted_tables if table.name not in kept)
    with write_tx() as session:
        session.execute(text(f"TRUNCATE {tables} RESTART IDENTITY CASCADE"))


@pytest.fixture
def cast(app: Flask) -> Cast:
    """Two schools and their people: see `tests.factories.Cast`."""
    return factories.make_cast()


@pytest.fixture
def client(app: Flask, cast: Cast) -> CheckingClient:
    """A browser without JavaScript that checks each page it is given."""
    return CheckingClient(app)


@pytest.fixture
def log_in(client: CheckingClient, cast: Cast) -> Callable[[str], None]:
    """Sign somebody of the cast in, by first name without accent: « solene », « lina »…"""
    return lambda name: client.log_in(cast, name)


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[datetime], None]:
    """Set the clock of the application."""
    return lambda instant: monkeypatch.setattr(clock, "now", lambda: instant)
