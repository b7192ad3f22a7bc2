"""A real PostgreSQL for the tests: its own server in a temporary folder, one database per worker.

The controller starts it once and hands the address to the workers through the environment; each
worker then makes its own database:

    with running_postgresql() as url:
        os.environ["BALISE_TEST_POSTGRESQL"] = url
    ...
    url = create_worker_database(os.environ["BALISE_TEST_POSTGRESQL"], os.environ["PYTEST_XDIST_WORKER"])
"""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ADMINISTRATOR = "balise"
START_SECONDS = 30.0
# Nothing of these databases must survive the tests: they need not wait for the disk.
CARELESS = ["fsync=off", "synchronous_commit=off", "full_page_writes=off"]


class PostgresqlUnavailable(Exception):
    """PostgreSQL is not installed, or its server did not start."""


@contextmanager
def running_postgresql(*, durable: bool = False) -> Iterator[str]:
    """Run a PostgreSQL server for the time of a `with` block.

    Args:
        durable: keep PostgreSQL's own care for the disk, for tests of what survives a crash.
    Yields: the SQLAlchemy address of its maintenance database.
    Raises: PostgresqlUnavailable, with the end of the server's log.
    """
    folder = Path(tempfile.mkdtemp(prefix="balise-postgresql-"))
    password = secrets.token_hex(16)
    try:
        programs = find_programs()
        create_cluster(programs, folder, password)
        server, port = start_server(programs, folder, durable=durable)
        try:
            wait_until_ready(server, folder, port, password)
            yield f"postgresql+psycopg://{ADMINISTRATOR}:{password}@127.0.0.1:{port}/postgres"
        finally:
            stop_server(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def create_worker_database(url: str, worker_id: str) -> str:
    """Make the empty database of one pytest worker, dropping what bears its name.

    Args:
        url: what `running_postgresql` gave.
        worker_id: any short word of letters and digits, such as "gw0" or "master".
    Returns: the SQLAlchemy address of the new database.
    """
    import psycopg
    from psycopg import sql
    from sqlalchemy.engine import make_url

    address = make_url(url)
    name = f"balise_{worker_id}"
    maintenance = address.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(maintenance, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    return address.set(database=name).render_as_string(hide_password=False)


def find_programs() -> Path:
    """Find the folder of the newest PostgreSQL server programs (Debian keeps them out of PATH)."""
    folders = [path.parent for path in Path("/usr/lib/postgresql").glob("*/bin/initdb")]
    if folders:
        return max(folders, key=lambda folder: int(folder.parent.name))
    in_path = shutil.which("initdb")
    if in_path is None:
        raise PostgresqlUnavailable("PostgreSQL n’est pas installé.")
    return Path(in_path).resolve().parent


def identity() -> dict[str, Any]:
    """Give the account that runs PostgreSQL: never root, which it refuses."""
    return {"user": "postgres", "group": "postgres", "extra_groups": []} if os.geteuid() == 0 else {}


def create_cluster(programs: Path, folder: Path, password: str) -> None:
    """Initialise the data folder, with one password-protected administrator."""
    secret = folder / "password"
    secret.write_text(password)
    if os.geteuid() == 0:
        for path in (folder, secret):
            shutil.chown(path, "postgres", "postgres")
    command = [f"{programs}/initdb", f"--pgdata={folder}/data", "--auth=scram-sha-256"]
    command += [f"--username={ADMINISTRATOR}", f"--pwfile={secret}"]
    command += ["--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, **identity())
    if result.returncode:
        raise PostgresqlUnavailable(result.stderr)


def start_server(programs: Path, folder: Path, *, durable: bool) -> tuple[subprocess.Popen[bytes], int]:
    """Start the server on a free local port; its socket stays in the temporary folder."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    settings = [f"port={port}", "listen_addresses=127.0.0.1", f"unix_socket_directories={folder}"]
    settings += [] if durable else CARELESS
    with (folder / "log").open("wb") as log:
        server: subprocess.Popen[bytes] = subprocess.Popen(
            [f"{programs}/postgres", "-D", f"{folder}/data", *(f"--{setting}" for setting in settings)],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            # A Ctrl+C typed for the tests must not stop the server before they have finished with it.
            start_new_session=True,
            **identity(),
        )
    return server, port


def wait_until_ready(server: subprocess.Popen[bytes], folder: Path, port: int, password: str) -> None:
    """Wait until the server accepts a connection."""
    import psycopg

    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            psycopg.connect(
                host="127.0.0.1", port=port, user=ADMINISTRATOR, password=password, dbname="postgres"
            ).close()
            return
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise PostgresqlUnavailable((folder / "log").read_text()[-2000:]) from None
            time.sleep(0.05)


def stop_server(server: subprocess.Popen[bytes]) -> None:
    """Stop the server at once, without waiting for its clients."""
    server.send_signal(signal.SIGINT)
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
