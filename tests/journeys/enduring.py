"""Pupils who play on while the server crashes, and what must be true of them in the end."""

import http.client
import random
import threading
import time
import uuid
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Row, select
from werkzeug.datastructures import MultiDict

from portal import cards
from portal.domain.marking import Given, Outcome
from portal.domain.participation import Status
from portal.extensions import db
from portal.persistence import mapping
from portal.persistence.models import Answer, Participation, Question
from portal.services.exercises import exercise_of
from tests.answering import RIGHT, SKIP, WRONG, AnswerBook
from tests.journeys.players import Browser, Form, Reply, Shown, draw, read_question
from tests.journeys.servers import Seat

Result = TypeVar("Result")
# A crash may last longer than the time of a question.
EXPECTED = {RIGHT: (Outcome.OK, Outcome.TIMED_OUT), WRONG: (Outcome.KO,), SKIP: (Outcome.SKIPPED,)}
LOST = (OSError, http.client.HTTPException)


class Game:
    """The acknowledged answers, counted to choose when the server crashes."""

    def __init__(self) -> None:
        """Start at nothing."""
        self.starts = 1
        self._acknowledged = 0
        self._changed = threading.Condition()

    def count(self) -> None:
        """Count one more."""
        with self._changed:
            self._acknowledged += 1
            self._changed.notify_all()

    def wait_for(self, acknowledged: int) -> None:
        """Wait until so many answers were acknowledged."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._acknowledged >= acknowledged, timeout=60)


@dataclass
class Attempt:
    """What a pupil meant by a form, and the form."""

    how: str
    form: Form = field(default_factory=list)


class EnduringPupil(threading.Thread):
    """Plays to the end whatever happens to the server, and notes what was shown, posted and acknowledged."""

    def __init__(self, browser: Browser, book: AnswerBook, dice: random.Random, game: Game) -> None:
        """Sit down."""
        super().__init__(daemon=True)
        self.browser, self.game = browser, game
        self.posted: dict[uuid.UUID, list[Attempt]] = defaultdict(list)
        self.acknowledged: dict[uuid.UUID, Attempt] = {}
        # The questions that were worked at: their simulator may be left anywhere.
        self.left: set[uuid.UUID] = set()
        # Each reload after a crash: what was on the screen, what came instead, whether an answer was lost.
        self.reloads: list[tuple[uuid.UUID, uuid.UUID | None, bool]] = []
        self.failure: BaseException | None = None
        self._book, self._dice = book, dice

    def run(self) -> None:
        """Answer until the end."""
        try:
            self._play()
        except BaseException as error:
            self.failure = error
        finally:
            self.browser.close()

    def _play(self) -> None:
        starts, reply = self._insist(self.browser.question)
        while True:
            shown = read_question(reply.text)
            if shown is None:
                if "Je continue" not in reply.text:
                    return
                starts, reply = self._insist(self.browser.question)
                continue
            if starts == self.game.starts:
                posted = len(self.posted[shown.question])
                try:
                    reply = self._go_on(shown)
                    continue
                except LOST:
                    in_flight = len(self.posted[shown.question]) > posted
                    starts, reply = self._reload(shown, in_flight=in_flight)
            else:
                starts, reply = self._reload(shown, in_flight=False)

    def _go_on(self, shown: Shown) -> Reply:
        """Begin the time of a question, or answer it.

        Raises: one of LOST when no acknowledgement came back.
        """
        if shown.is_held:
            return self._taken(self.browser.begin(shown))
        attempt = Attempt(draw(self._dice))
        was_left = shown.question in self.left
        self.left.add(shown.question)
        attempt.form += self.browser.play(shown, self._book, attempt.how, again=was_left)
        self.posted[shown.question].append(attempt)
        reply = self._taken(self.browser.answer(shown, attempt.form))
        assert shown.question not in self.acknowledged, "one question was acknowledged twice"
        self.acknowledged[shown.question] = attempt
        self.game.count()
        return reply

    def _taken(self, reply: Reply) -> Reply:
        assert reply.status in {200, 303}, reply
        return reply

    def _reload(self, shown: Shown, *, in_flight: bool) -> tuple[int, Reply]:
        starts, reply = self._insist(self.browser.question)
        again = read_question(reply.text)
        self.reloads.append((shown.question, again.question if again else None, in_flight))
        return starts, reply

    def _insist(self, ask: Callable[[], Reply]) -> tuple[int, Reply]:
        """Ask until the server answers; tell how many times it had been started when it was asked."""
        while True:
            starts = self.game.starts
            try:
                reply = ask()
            except LOST:
                time.sleep(0.05)
                continue
            assert reply.status in {200, 204}, reply
            return starts, reply


def check_kept(pupil: EnduringPupil) -> None:
    """Compare what a pupil lived through with what the database holds."""
    participation = own_try(pupil.browser.seat)
    rows = answered(participation.id)
    assert participation.status == Status.SHARED
    assert [row.position for row in rows] == list(range(1, participation.answered + 1))
    check_answers(pupil, rows)
    check_places(pupil, rows)


def own_try(seat: Seat) -> Participation:
    """Find the try of a seat."""
    query = select(Participation).where(Participation.public_id == uuid.UUID(seat.participation))
    return db.session.execute(query).scalar_one()


def answered(participation_id: int) -> list[Row[Any]]:
    """List the questions of a try in order, each with its answer when there is one."""
    query = (
        select(
            Question.public_id,
            Question.position,
            Question.challenge,
            Question.version,
            Question.work,
            Answer.outcome,
            Answer.given,
        )
        .outerjoin(Answer, Answer.question_id == Question.id)
        .where(Question.participation_id == participation_id)
        .order_by(Question.position)
    )
    return list(db.session.execute(query).all())


def check_answers(pupil: EnduringPupil, rows: list[Row[Any]]) -> None:
    """Every acknowledged answer is kept as it was posted, and none that this pupil did not post.

    What was done before posting it is kept too: a simulator well played is a right answer.
    """
    posted, acknowledged = pupil.posted, pupil.acknowledged
    assert acknowledged.keys() <= {row.public_id for row in rows} == {one for one in posted if posted[one]}
    for row in rows:
        one = acknowledged.get(row.public_id)
        attempts = [one] if one else posted[row.public_id]
        assert (row.given, row.outcome) in [
            (given_json(row, attempt.form), outcome)
            for attempt in attempts
            for outcome in EXPECTED[attempt.how]
        ]


def given_json(row: Row[Any], form: Form) -> dict[str, Any]:
    """Read a form as the portal reads it."""
    if ("passer", "1") in form:
        return mapping.given_to_json(Given())
    challenge = exercise_of(row.challenge, row.version, row.public_id, row.work).challenge
    return mapping.given_to_json(cards.given_of(challenge, row.public_id, MultiDict(form)))


def check_places(pupil: EnduringPupil, rows: list[Row[Any]]) -> None:
    """After a crash: the same question, or the next one when the answer in flight had been written."""
    positions = {row.public_id: row.position for row in rows}
    for before, after, in_flight in pupil.reloads:
        was = positions[before]
        # The end shows no question: it follows the last.
        now = positions[after] if after else len(rows) + 1
        assert now in ({was, was + 1} if in_flight else {was})


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
