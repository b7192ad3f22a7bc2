"""The load: pupils who answer as fast as they are answered, in a process of their own.

Reads jobs as JSON on its standard input, a line each, and answers each with its measures, a line too.
"""

import json
import random
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import cycle

from portal.domain.participation import CHECKPOINT_EVERY
from tests.answering import AnswerBook
from tests.journeys.players import Browser, Form, Shown, draw, read_question
from tests.journeys.servers import Seat

# What the portal makes pupils do between answers, the floor's do too: a page is read every five answers, and a
# try has about this many.
PAGE_EVERY, TRY_LENGTH = CHECKPOINT_EVERY, 15


@dataclass
class Job:
    """What one run of the load does. `is_floor`: the form never ends, and has no right answer."""

    port: int
    seats: list[Seat]
    clients: int
    seconds: float
    seed: int
    is_floor: bool


@dataclass
class Measures:
    """What was seen: the seconds that each answer took, and the bytes of each fragment that came back."""

    seconds: float = 0.0
    others: int = 0
    used: int = 0
    latencies: list[float] = field(default_factory=list)
    fragments: list[int] = field(default_factory=list)


class Load:
    """Clients that share the pupils: whoever finishes a try takes the next pupil."""

    def __init__(self, job: Job, book: AnswerBook) -> None:
        """Prepare; nothing is sent yet."""
        self.job = job
        self.measures = Measures()
        self._book = book
        # The floor's form never ends: its pupils may sit down again.
        self._waiting: Iterator[Seat] = cycle(job.seats) if job.is_floor else iter(job.seats)
        self._lock = threading.Lock()
        self._start = threading.Barrier(job.clients + 1)
        self._end = 0.0
        self._failures: list[BaseException] = []

    def run(self) -> Measures:
        """Play for the given time.

        Raises: the first failure of a client.
        """
        clients = [threading.Thread(target=self._guard, args=(number,)) for number in range(self.job.clients)]
        for client in clients:
            client.start()
        self._end = time.perf_counter() + self.job.seconds
        self._start.wait()
        for client in clients:
            client.join()
        if self._failures:
            raise self._failures[0]
        self.measures.seconds = self.job.seconds
        return self.measures

    def _guard(self, number: int) -> None:
        try:
            self._start.wait()
            self._play(random.Random(f"{self.job.seed}:{number}"))
        except BaseException as error:
            self._failures.append(error)

    def _next_seat(self) -> Seat:
        with self._lock:
            self.measures.used += 1
            seat = next(self._waiting, None)
        if seat is None:
            raise RuntimeError("more pupils are needed for so many seconds")
        return seat

    def _play(self, dice: random.Random) -> None:
        while time.perf_counter() < self._end:
            browser = Browser(self.job.port, self._next_seat())
            try:
                self._play_one_try(browser, dice)
            finally:
                browser.close()

    def _play_one_try(self, browser: Browser, dice: random.Random) -> None:
        reply = browser.question()
        others, answered = 1, 0
        while time.perf_counter() < self._end:
            shown = read_question(reply.text)
            if shown is None and "Je continue" not in reply.text:
                # The end leads nowhere.
                break
            if shown is None or shown.is_held:
                # A checkpoint leads to the next question, and a click to one that is timed.
                reply = browser.begin(shown) if shown else browser.question()
                others += 1
                continue
            form = (
                at_random(shown, dice) if self.job.is_floor else browser.play(shown, self._book, draw(dice))
            )
            begun = time.perf_counter()
            reply = browser.answer(shown, form)
            ended = time.perf_counter()
            assert reply.status == 200, (reply, form)
            is_cycle = self.job.is_floor or read_question(reply.text) is not None
            if not is_cycle:
                # The corrections of five answers, or the end: a page to read.
                others += 1
            elif ended <= self._end:
                self.measures.latencies.append(ended - begun)
                self.measures.fragments.append(len(reply.text.encode()))
            answered += 1
            if self.job.is_floor and answered == TRY_LENGTH:
                break
            if self.job.is_floor and answered % PAGE_EVERY == 0:
                reply = browser.question()
                others += 1
        with self._lock:
            self.measures.others += others


def at_random(shown: Shown, dice: random.Random) -> Form:
    """Fill the floor's form, which has no right answer."""
    return [("choix", dice.choice(shown.choices)[0])]


def main() -> None:
    """Do the jobs read."""
    book = AnswerBook()
    for line in sys.stdin:
        job = json.loads(line)
        job["seats"] = [Seat(**seat) for seat in job["seats"]]
        print(json.dumps(asdict(Load(Job(**job), book).run())), flush=True)


if __name__ == "__main__":
    main()
