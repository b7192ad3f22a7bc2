"""What was acknowledged is kept: crashes, double posts, the disk, a whole school imported meanwhile."""

import http.client
import os
import random
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

import pytest
from sqlalchemy import select

from portal.extensions import db
from portal.persistence.models import Student
from tests import postgres
from tests.conftest import DATABASE
from tests.journeys.enduring import EnduringPupil, Game, answered, check_kept, own_try
from tests.journeys.players import AnswerBook, Browser, Desk, Shown, fill, read_question
from tests.journeys.servers import Instance, Room, Seat, Server, open_room, running
from tests.tools.siecle import FakePupil, draw_pupils, siecle_xml

Result = TypeVar("Result")
CRASHES = 20
CLASSES, PER_CLASS = ("5eA", "5eB"), 15
# Of the pupils drawn, some left and some are inactive: 2,500 remain.
PUPILS = 2600
# Ten pupils this quick give as many answers as a whole school.
PLAYING, THINKING = 10, 0.2
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
    with instance.application() as app:
        for pupil in pupils:
            check_kept(app, pupil)


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
        shown = read_question(browser.question().text)
        assert shown is not None
        assert browser.answer(shown, book.right(shown)).status == 200
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


def at_once(*tasks: Callable[[], Result]) -> list[Result]:
    """Do several things at the same instant, each in its thread."""
    barrier = threading.Barrier(len(tasks))
    results: dict[int, Result] = {}

    def do(number: int, task: Callable[[], Result]) -> None:
        barrier.wait()
        results[number] = task()

    threads = [threading.Thread(target=do, args=pair) for pair in enumerate(tasks)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return [results[number] for number in range(len(tasks))]


@contextmanager
def two_tabs(server: Server, seat: Seat) -> Iterator[tuple[Browser, Browser, Shown]]:
    """Open the same try twice, on the same question."""
    with closing(Browser(server.port, seat)) as first, closing(Browser(server.port, seat)) as second:
        shown = read_question(first.question().text)
        second.question()
        assert shown is not None
        yield first, second, shown


def test_the_same_answer_posted_twice_at_once_is_kept_once_and_both_are_told_so(
    instance: Instance, book: AnswerBook
) -> None:
    room = make_room(instance, classes=("5eA",), per_class=5)
    with running(instance) as server:
        for seat in room.seats:
            with two_tabs(server, seat) as (first, second, shown):
                form = book.right(shown)
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
                right, skip = book.right(shown), [("passer", "1")]
                replies = at_once(partial(first.answer, shown, right), partial(second.answer, shown, skip))
            assert sorted(reply.status for reply in replies) == [200, 409]
            refused = next(reply for reply in replies if reply.status == 409)
            assert "Cette question a déjà une réponse, qui est conservée." in refused.text
            kept[seat.participation] = "ok" if replies[0].status == 200 else "skipped"
    with instance.application():
        for seat in room.seats:
            assert outcomes(seat) == [kept[seat.participation], None]


# ---- A whole school imported meanwhile


def whole_school() -> bytes:
    """Write the export of a school of 2,500 pupils in 80 classes, those who play among them."""
    classes = [f"{level}e{number}" for level in "6543" for number in range(1, 21)]
    others = draw_pupils(PUPILS, classes)
    players = [
        FakePupil(
            record=str(student.id),
            last_name=student.last_name,
            first_name=student.first_name,
            birth_date=f"{student.birth_date:%d/%m/%Y}",
            classes=(student.class_group.name,) if student.class_group else (),
            ine=student.ine or "",
            mef="10110001110",
        )
        for student in db.session.scalars(select(Student))
    ]
    return siecle_xml([*others, *players])


def play_until(done: threading.Event, port: int, seats: list[Seat], book: AnswerBook) -> list[float]:
    """Answer one try after the other until told to stop; give the seconds that each answer took."""
    waits: list[float] = []
    for seat in seats:
        with closing(Browser(port, seat)) as browser:
            reply = browser.question()
            while not done.is_set():
                shown = read_question(reply.text)
                if shown is not None:
                    time.sleep(THINKING)
                    begun = time.perf_counter()
                    reply = browser.answer(shown, fill(shown, book, random.Random(shown.token)))
                    waits.append(time.perf_counter() - begun)
                    assert reply.status == 200, reply
                elif "Je continue" in reply.text:
                    reply = browser.question()
                else:
                    break
    return waits


def import_school(port: int, cookie: str, export: bytes) -> str:
    """Import a file through the pages, as the administrator does; give the last page."""
    with closing(Desk(port, cookie)) as desk:
        desk.get("/eleves/import")
        preview = desk.post("/eleves/import", [], file=export)
        publish = re.search(r'action="([^"]+/publier)"', preview.text)
        assert publish, preview
        return desk.post(publish[1], []).text


def test_importing_a_whole_school_holds_no_answer_up_for_more_than_a_second(
    instance: Instance, book: AnswerBook
) -> None:
    room = make_room(instance, per_class=60)
    with instance.application():
        export = whole_school()

    def play_during(server: Server, task: Callable[[], object]) -> float:
        """Do something while pupils play; give the seconds of the slowest answer."""
        done = threading.Event()

        def do() -> list[float]:
            try:
                task()
            finally:
                done.set()
            return []

        hands = [room.seats[number::PLAYING] for number in range(PLAYING)]
        plays = [partial(play_until, done, server.port, seats, book) for seats in hands]
        return max(seconds for waits in at_once(do, *plays) for seconds in waits)

    with running(instance) as server:
        # A busy machine is slow without any import: only what the import adds is its doing.
        usual = play_during(server, partial(time.sleep, 2))
        slowest = play_during(server, partial(import_school, server.port, room.administrator, export))
    print(f"the slowest answer: {usual:.2f} s before the import, {slowest:.2f} s during it")
    assert slowest < usual + 1
    with instance.application():
        assert db.session.query(Student).filter(Student.disabled_at.is_(None)).count() > PUPILS * 0.9
