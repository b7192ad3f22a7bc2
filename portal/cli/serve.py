"""Bring the database up to date, then serve until told to stop."""

import gc
import logging
import signal
import sqlite3
import sys
from functools import partial
from pathlib import Path
from types import FrameType

import click
import flask_migrate
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask, current_app
from flask.cli import with_appcontext
from waitress.server import create_server

from portal import clock, scheduler
from portal.cli.bank import readable_bank
from portal.extensions import db
from portal.services import bank as bank_service
from portal.settings import MEBIBYTE, Settings

KEPT_BACKUPS = 14
# A thread that waits for the disk takes its turn again within this time: with Python's own five milliseconds,
# an answer, which waits a dozen times, takes twice as long beside an import.
SECONDS_A_TURN = 0.001
SECONDS_TO_FINISH = 10


@click.command("servir", short_help="Met la base à jour, puis sert le portail.")
@click.option("--host", "--adresse", help="Adresse d’écoute (127.0.0.1 par défaut).")
@click.option("--port", type=click.IntRange(1, 65535), help="Port d’écoute (8000 par défaut).")
@with_appcontext
def serve_command(host: str | None, port: int | None) -> None:
    """Met la base à jour après une sauvegarde, charge la banque de questions, puis sert le portail."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    settings: Settings = app.extensions["balise"]
    prepare(settings)
    serve(app, settings, host or settings.host, port or settings.port)


def prepare(settings: Settings) -> None:
    """Migrate, after a backup when there is something to lose, and load the bank."""
    logging.getLogger("alembic").setLevel(logging.WARNING)
    behind = _pending_migration()
    if behind and settings.is_sqlite:
        _back_up(Path(settings.database_url.removeprefix("sqlite:///")), behind)
    flask_migrate.upgrade()
    added = bank_service.load(readable_bank(), at=clock.now())
    if added:
        click.echo(f"Banque de questions : {added} questions nouvelles ou modifiées.")


def _pending_migration() -> str | None:
    """Give the revision of a database that is behind ours; None when it is new or up to date."""
    config = current_app.extensions["migrate"].migrate.get_config()
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    head = ScriptDirectory.from_config(config).get_current_head()
    return current if current and current != head else None


def _back_up(database: Path, revision: str) -> None:
    """Copy the database aside before it changes; the oldest copies go."""
    folder = database.parent / "sauvegardes"
    folder.mkdir(exist_ok=True)
    target = folder / f"{clock.now():%Y%m%d-%H%M%S}-{revision}.sqlite3"
    with sqlite3.connect(database) as source, sqlite3.connect(target) as copy:
        source.backup(copy)
    for old in sorted(folder.glob("*.sqlite3"))[:-KEPT_BACKUPS]:
        old.unlink()
    click.echo(f"Sauvegarde avant la mise à jour : {target.name}.")


def serve(app: Flask, settings: Settings, host: str, port: int) -> None:
    """Serve until SIGTERM or Ctrl-C; requests under way are answered first."""
    # One line for each request that waits a moment would fill the log on the first busy morning.
    logging.getLogger("waitress.queue").setLevel(logging.ERROR)
    sys.setswitchinterval(SECONDS_A_TURN)
    # What was loaded to serve stays to the end: no search for garbage goes through it again.
    gc.collect()
    gc.freeze()
    behind_proxy = (
        {
            "trusted_proxy": settings.trusted_proxy,
            "trusted_proxy_headers": {"x-forwarded-for", "x-forwarded-proto", "x-forwarded-host"},
            "clear_untrusted_proxy_headers": True,
        }
        if settings.trusted_proxy
        else {}
    )
    server = create_server(
        app,
        host=host,
        port=port,
        threads=settings.threads,
        channel_timeout=30,
        max_request_body_size=24 * MEBIBYTE,
        ident=None,
        **behind_proxy,
    )
    signal.signal(signal.SIGTERM, _stop)
    shown = "127.0.0.1" if host in {"0.0.0.0", "::"} else host
    night = scheduler.start(app) if settings.has_night_work else None
    click.echo(f"Balise est prêt : http://{shown}:{port}  (Ctrl-C pour arrêter)")
    # What waitress does when it is told to stop: answer the requests it holds, rather than drop them.
    server.task_dispatcher.shutdown = partial(
        server.task_dispatcher.shutdown, cancel_pending=False, timeout=SECONDS_TO_FINISH
    )
    server.run()
    if night is not None:
        scheduler.stop(night)


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)
