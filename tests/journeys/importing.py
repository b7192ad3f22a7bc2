"""A school of 2,500 pupils imported through the pages while its pupils play."""

import random
import re
import threading
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial

from sqlalchemy import select

from portal.extensions import db
from portal.persistence.models import Student
from tests.answering import AnswerBook
from tests.journeys.enduring import at_once
from tests.journeys.players import Browser, Desk, draw, read_question
from tests.journeys.servers import Room, Seat, Server
from tests.tools.siecle import FakePupil, draw_pupils, siecle_xml

# Of the pupils drawn, some left and some are inactive: 2,500 remain.
PUPILS = 2600
# Ten pupils this quick give as many answers as a whole school.
PLAYING, THINKING = 10, 0.2


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
                if shown is not None and shown.is_held:
                    reply = browser.begin(shown)
                elif shown is not None:
                    form = browser.play(shown, book, draw(random.Random(shown.token)))
                    time.sleep(THINKING)
                    begun = time.perf_counter()
                    reply = browser.answer(shown, form)
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


def slowest_answer_during(server: Server, room: Room, book: AnswerBook, task: Callable[[], object]) -> float:
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
