"""The extensions of Flask that we use, and how our databases are opened."""

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import Flask, request
from flask_limiter import Limiter
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import Connection, MetaData, event
from sqlalchemy.orm import DeclarativeBase

from portal.settings import Settings

NAMES_OF_CONSTRAINTS = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
NETWORK_FILE_SYSTEMS = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "fuse.sshfs"}


class Base(DeclarativeBase):
    """What every table has: named constraints."""

    metadata = MetaData(naming_convention=NAMES_OF_CONSTRAINTS)


db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False}, disable_autonaming=True)
if TYPE_CHECKING:
    Model = Base
else:
    # What Flask-SQLAlchemy made of Base; checkers of types know it by its parent.
    Model = db.Model
migrate = Migrate(db=db, directory=str(Path(__file__).parent / "migrations"), render_as_batch=True)
login = LoginManager()
csrf = CSRFProtect()
limiter = Limiter(key_func=lambda: request.remote_addr or "unknown")


def init_app(app: Flask, settings: Settings) -> None:
    """Plug the extensions, and open the database the safe way."""
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = _engine_options(settings)
    db.init_app(app)
    with app.app_context():
        if settings.is_sqlite:
            event.listen(db.engine, "connect", _prepare_sqlite)
            event.listen(db.engine, "begin", _begin_sqlite)
    import portal.persistence.models  # noqa: F401  (the tables register themselves)

    migrate.init_app(app)
    login.init_app(app)
    csrf.init_app(app)
    limiter.init_app(app)
    # No rate holds a pupil who answers, and this is the busiest address of the site.
    limiter.request_filter(lambda: request.endpoint == "player.answer")


def _engine_options(settings: Settings) -> dict[str, Any]:
    if not settings.is_sqlite:
        options = "-c lock_timeout=10s -c statement_timeout=60s"
        return {"pool_pre_ping": True, "connect_args": {"options": options}}
    _refuse_network_disk(Path(settings.database_url.removeprefix("sqlite:///")))
    try:
        # A newer SQLite than the system's, where a wheel exists: 3.7 to 3.51.2 can lose a page of the log.
        from pysqlite3 import dbapi2
    except ImportError:
        dbapi2 = sqlite3
    return {"module": dbapi2, "pool_size": settings.threads + 2, "connect_args": {"timeout": 10}}


def _refuse_network_disk(database: Path) -> None:
    """Stop when the database would live on a network disk, where SQLite's locks do not hold."""
    best, kind = Path("/"), ""
    try:
        mounts = Path("/proc/mounts").read_text()
    except OSError:
        return
    for line in mounts.splitlines():
        _, point, file_system, *_ = line.split()
        if database.is_relative_to(point) and len(point) >= len(str(best)):
            best, kind = Path(point), file_system
    if kind in NETWORK_FILE_SYSTEMS:
        raise SystemExit(
            f"La base est sur un disque réseau ({best}) : placez-la sur un disque de la machine."
        )


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Set each new connection: durable commits, foreign keys, patience."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "busy_timeout=10000"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """Begin explicitly: readers on a snapshot, writers with the write lock at once."""
    mode = connection.get_execution_options().get("sqlite_begin", "DEFERRED")
    connection.exec_driver_sql(f"BEGIN {mode}")
