"""A real server in its own process, on an instance of its own that holds pupils ready to play."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import flask_migrate
from flask import Flask

from portal import clock, create_app
from portal.bank_store import current_bank
from portal.domain.permissions import Role
from portal.extensions import db
from portal.persistence.models import Campaign, School, Student
from portal.persistence.transaction import write_tx
from portal.services import accounts, participations
from portal.services import bank as bank_service
from portal.settings import Settings
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
SECRET_KEY = "k" * 64
PORTAL = ("flask", "--app", "wsgi", "servir")
START_SECONDS = 60.0
STOP_SECONDS = 20.0


@dataclass(frozen=True)
class Seat:
    """A pupil in front of a machine: the open session's cookie, and the try that was started."""

    cookie: str
    participation: str


@dataclass(frozen=True)
class Room:
    """Pupils who start together, and the cookie of the administrator who gave them the campaign."""

    seats: list[Seat]
    administrator: str


@dataclass(frozen=True)
class Instance:
    """A folder and a database, as one installation of the portal has them."""

    folder: Path
    database_url: str

    @property
    def environment(self) -> dict[str, str]:
        """Give the environment of this installation's programs."""
        return {
            **os.environ,
            "BALISE_DOSSIER": str(self.folder),
            "BALISE_BASE": self.database_url,
            "BALISE_CLE": SECRET_KEY,
            # Where a shell forbids Python's cache, twenty starts would compile everything twenty times.
            "PYTHONDONTWRITEBYTECODE": "",
        }

    @contextmanager
    def application(self) -> Iterator[Flask]:
        """Open the application of this installation in this process, database up to date."""
        settings = Settings(instance=self.folder, database_url=self.database_url, secret_key=SECRET_KEY)
        app = create_app(settings)
        with app.app_context():
            flask_migrate.upgrade()
            bank_service.load(current_bank(), at=clock.now())
            yield app
            db.session.remove()
            db.engine.dispose()


def _widen(campaign: Campaign, count: int) -> None:
    """Freeze so many skills with a campaign; beyond the bank's, copies that have no question."""
    bank = current_bank()
    every = [asdict(skill) for tube in bank.tubes.values() for skill in tube.skills]
    copies = [{**one, "id": f"{one['id']}-bis", "tube": f"{one['tube']}-bis"} for one in every]
    with write_tx():
        campaign.content = {**campaign.content, "skills": [*every, *copies][:count]}


def open_room(app: Flask, *, pathway: str, classes: Sequence[str], per_class: int, skills: int = 0) -> Room:
    """Make a school whose administrator gives a campaign to classes, with every pupil at the first question.

    Args:
        skills: give the campaign as many skills of the bank; 0: those of its pathway.
    """
    school = factories.make_school()
    solene = factories.make_member(school, first_name="Solène", role=Role.ADMIN, function=None)
    campaign = factories.make_campaign(solene, pathway=pathway)
    if skills:
        _widen(campaign, skills)
    seats = [
        _seat(app, campaign, student) for name in classes for student in _make_class(school, name, per_class)
    ]
    opened = accounts.open_member_session(solene.account, device="Firefox sur Linux", at=clock.now())
    return Room(seats, _cookie(app, opened.token))


def _make_class(school: School, name: str, size: int) -> list[Student]:
    group = factories.make_class(school, name=name)
    return [
        factories.make_student(school, first_name="Camille", last_name=f"Durand {name}", class_group=group)
        for _ in range(size)
    ]


def _seat(app: Flask, campaign: Campaign, student: Student) -> Seat:
    assert student.learner is not None
    now = clock.now()
    opened = accounts.open_learner_session(student.learner, device="Firefox sur Linux", at=now)
    public_id = participations.start(campaign, student, current_bank(), at=now)
    return Seat(_cookie(app, opened.token), str(public_id))


def _cookie(app: Flask, token: str) -> str:
    """Write the cookie that the sign-in page would have set."""
    serializer = app.session_interface.get_signing_serializer(app)  # type: ignore[attr-defined]
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps({'_user_id': token, '_fresh': True})}"


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


class Server:
    """A server process on one port; it can be killed and started again."""

    def __init__(self, instance: Instance, command: Sequence[str], watcher: Sequence[str] = ()) -> None:
        """Choose what to run.

        Args:
            command: what follows `python -m`; it is given the port.
            watcher: the program that runs it all, as strace does.
        """
        self.port = free_port()
        self.log = instance.folder / f"serveur-{self.port}.txt"
        self._command = [*watcher, sys.executable, "-m", *command, "--port", str(self.port)]
        self._environment = instance.environment
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Give the process's number."""
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Start, and wait until the server listens."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command,
                cwd=ROOT,
                env=self._environment,
                stdout=log,
                stderr=log,
                # A group of its own: a signal reaches what a watcher runs, and no Ctrl-C of the tests does.
                start_new_session=True,
            )
        deadline = time.monotonic() + START_SECONDS
        while True:
            with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(self.log.read_text()[-4000:])
            time.sleep(0.02)

    def kill(self) -> None:
        """End the process at once, as a power cut would."""
        self._signal(signal.SIGKILL)

    def stop(self) -> str:
        """Ask the process to stop, and give all that it wrote."""
        if self._process is not None and self._process.poll() is None:
            try:
                self._signal(signal.SIGTERM)
            except subprocess.TimeoutExpired:
                self.kill()
        return self.log.read_text()

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        os.killpg(self._process.pid, number)
        self._process.wait(STOP_SECONDS)


@contextmanager
def running(
    instance: Instance, command: Sequence[str] = PORTAL, watcher: Sequence[str] = ()
) -> Iterator[Server]:
    """Run a server for the time of a `with` block."""
    server = Server(instance, command, watcher)
    server.start()
    try:
        yield server
    finally:
        server.stop()
