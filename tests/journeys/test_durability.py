"""What was acknowledged is kept: crashes, double posts, the disk, a whole school imported meanwhile."""

import http.client
import os
import random
import re
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path

import pytest

from portal.extensions import db
from portal.persistence.models import Student
from tests import postgres
from tests.answering import RIGHT, AnswerBook
from tests.conftest import DATABASE
from tests.journeys.enduring import EnduringPupil, Game, answered, at_once, check_kept, own_try
from tests.journeys.importing import PUPILS, import_school, slowest_answer_during, whole_school
from tests.journeys.players import Browser, Shown, read_question
from tests.journeys.servers import Instance, Room, Seat, Server, open_room, running

CRASHES = 20
CLASSES, PER_CLASS = ("5eA", "5eB"), 15
LOST = (OSError, http.client.HTTPException)
only_sqlite = pytest.mark.skipif(DATABASE != "sqlite", reason="PostgreSQL's own server writes to the disk")


@pytest.fixture
def instance(tmp_path: Path, worker_id: str) -> Instance:
    """An installation of the portal of this test's own, on the database under test."""
    if DATABASE == "postgresql":
        administrator = os.environ["BALISE_TEST_POSTGRESQL"]
        return Instance(tmp_path, postgres.create_worker_database(administrator, f"{worker_id}_room"))
    return Instance(tmp_path, f"sqlite:///{tmp_path / 'balise.sqlite3'}")


@pytest.fixture(scope="module")
def book() -> AnswerBook:
    """What the pupils know."""
    return AnswerBook()


def make_room(instance: Instance, *, classes: tuple[str, ...] = CLASSES, per_class: int = PER_CLASS) -> Room:
    """Seat pupils at their first question."""
    with instance.application() as app:
        return open_room(app, pathway="6e-1", classes=classes, per_class=per_class)


# ---- Crashes


def crash(server: Server, game: Game, dice: random.Random) -> None:
    """Kill the server twenty times at moments drawn in the middle of the game, and start it again."""
    # Thirty pupils give three hundred answers at least: no crash comes after the end.
    for moment in sorted(dice.sample(range(1, 300), CRASHES)):
        game.wait_for(moment)
        time.sleep(dice.uniform(0, 0.02))
        server.kill()
        server.start()
        game.starts += 1


def test_twenty_crashes_lose_no_acknowledged_answer_and_no_pupil_his_place(
    instance: Instance, book: AnswerBook
) -> None:
    seed = random.randrange(10**6)
    print(f"seed {seed}")
    room, game = make_room(instance), Game()
    with running(instance) as server:
        pupils = [
            EnduringPupil(Browser(server.port, seat), book, random.Random(f"{seed}:{number}"), game)
            for number, seat in enumerate(room.seats)
        ]
        for pupil in pupils:
            pupil.start()
        crash(server, game, random.Random(seed))
        for pupil in pupils:
            pupil.join(timeout=60)
    assert [pupil.failure for pupil in pupils if pupil.failure] == []
    assert not any(pupil.is_alive() for pupil in pupils)
    assert sum(len(pupil.reloads) for pupil in pupils) > CRASHES
    with instance.application():
        for pupil in pupils:
            check_kept(pupil)


def first_question(browser: Browser) -> Shown:
    """Sit down before the first question, its time begun."""
    shown = read_question(browser.question().text)
    if shown is not None and shown.is_held:
        shown = read_question(browser.begin(shown).text)
    assert shown is not None
    return shown


# ---- The disk


@only_sqlite
def test_every_pooled_connection_is_durable_and_checks_its_keys(instance: Instance) -> None:
    with instance.application():
        connections = [db.engine.connect() for _ in range(8)]
        for connection in connections:
            found = [
                connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
                for name in ("synchronous", "journal_mode", "foreign_keys")
            ]
            assert found == [2, "wal", 1]
        for connection in connections:
            connection.close()


@only_sqlite
@pytest.mark.browser
def test_an_answer_reaches_the_disk_before_it_is_acknowledged(instance: Instance, book: AnswerBook) -> None:
    room = make_room(instance, classes=("5eA",), per_class=1)
    trace = instance.folder / "trace.txt"
    calls = "trace=fsync,fdatasync,recvfrom,read,sendto,send,write,sendmsg"
    watcher = ("strace", "--follow-forks", "-y", "-s", "80", "-e", calls, "-o", str(trace))
    with (
        running(instance, watcher=watcher) as server,
        closing(Browser(server.port, room.seats[0], timeout=60)) as browser,
    ):
        shown = first_question(browser)
        assert browser.answer(shown, browser.play(shown, book, RIGHT)).status == 200
    lines = trace.read_text(errors="replace").splitlines()
    received = next(at for at, line in enumerate(lines) if '"POST /participations/' in line)
    told = next(at for at, line in enumerate(lines) if at > received and '"HTTP/1.1 200' in line)
    assert any(line for line in synced(lines[received:told])), "\n".join(lines[received : told + 1])


def synced(lines: list[str]) -> Iterator[str]:
    """Find the synchronisations of the database's log that ended well among these calls."""
    begun: set[str] = set()
    for line in lines:
        thread = line.split()[0]
        if re.search(r"f(data)?sync\(\d+<[^>]*balise\.sqlite3-wal>", line):
            begun.add(thread)
        if thread in begun and re.search(r"f(data)?sync.*\) += 0$", line):
            yield line


# ---- Two answers at once


@contextmanager
def two_tabs(server: Server, seat: Seat) -> Iterator[tuple[Browser, Browser, Shown]]:
    """Open the same try twice, on the same question."""
    with closing(Browser(server.port, seat)) as first, closing(Browser(server.port, seat)) as second:
        shown = first_question(first)
        second.question()
        yield first, second, shown


def test_the_same_answer_posted_twice_at_once_is_kept_once_and_both_are_told_so(
    instance: Instance, book: AnswerBook
) -> None:
    room = make_room(instance, classes=("5eA",), per_class=5)
    with running(instance) as server:
        for seat in room.seats:
            with two_tabs(server, seat) as (first, second, shown):
                form = first.play(shown, book, RIGHT)
                replies = at_once(partial(first.answer, shown, form), partial(second.answer, shown, form))
            assert [reply.status for reply in replies] == [200, 200]
            following = [read_question(reply.text) for reply in replies]
            assert following[0] and following[1]
            assert following[0].instruction == following[1].instruction
    with instance.application():
        for seat in room.seats:
            assert outcomes(seat) == ["ok", None]


def outcomes(seat: Seat) -> list[str | None]:
    """List what the database says of each question served."""
    return [row.outcome for row in answered(own_try(seat).id)]


def test_of_two_answers_posted_at_once_one_is_kept_and_the_other_pupil_is_told(
    instance: Instance, book: AnswerBook
) -> None:
    room = make_room(instance, classes=("5eA",), per_class=5)
    kept = {}
    with running(instance) as server:
        for seat in room.seats:
            with two_tabs(server, seat) as (first, second, shown):
                right, skip = first.play(shown, book, RIGHT), [("passer", "1")]
                replies = at_once(partial(first.answer, shown, right), partial(second.answer, shown, skip))
            assert sorted(reply.status for reply in replies) == [200, 409]
            refused = next(reply for reply in replies if reply.status == 409)
            assert "Cette question a déjà une réponse, qui est conservée." in refused.text
            kept[seat.participation] = "ok" if replies[0].status == 200 else "skipped"
    with instance.application():
        for seat in room.seats:
            assert outcomes(seat) == [kept[seat.participation], None]


# ---- A whole school imported meanwhile


def test_every_answer_given_while_a_whole_school_is_imported_is_taken(
    instance: Instance, book: AnswerBook
) -> None:
    room = make_room(instance, per_class=60)
    with instance.application():
        export = whole_school()
    with running(instance) as server:
        task = partial(import_school, server.port, room.administrator, export)
        # Each pupil stops at the first answer that is not taken.
        assert slowest_answer_during(server, room, book, task) > 0
    with instance.application():
        assert db.session.query(Student).filter(Student.disabled_at.is_(None)).count() > PUPILS * 0.9
