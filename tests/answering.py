"""How anybody answers any question, right or wrong: the key of every simulated pupil, on whatever screen."""

import html
import re
import uuid
from datetime import datetime
from functools import cache

from itsdangerous import URLSafeTimedSerializer

from portal.bank.loader import load_bank
from portal.domain.marking import Given
from portal.domain.referential import CHOSEN, Challenge, Entry, Kind
from portal.markup import render_markdown
from portal.services import answers, workbench
from portal.services.exercises import Exercise, begun, exercise_from
from portal.services.turns import Turn, served_of
from portal.settings import CONTENT

# What a pupil may do with a question.
RIGHT, WRONG, SKIP = "right", "wrong", "skip"
_TAG = re.compile(r"<[^>]+>")
_HOLE = re.compile(r"\\\{[a-z0-9_\\-]+\\\}")


def drawn(challenge: Challenge, question: uuid.UUID) -> Exercise:
    """Make a question for the pupil to whom this one is asked."""
    return exercise_from(challenge, question, begun(challenge, question))


def given_by(challenge: Challenge, how: str) -> Given | None:
    """Answer a question as its pupil meets it; None to skip. A simulator is answered by its gestures."""
    if how == SKIP:
        return None
    is_right = how == RIGHT
    if challenge.kind in CHOSEN:
        return Given(choices=_choices(challenge, is_right=is_right))
    if challenge.kind is Kind.ORDERING:
        places = range(len(challenge.proposals))
        return Given(choices=tuple(places if is_right else reversed(places)))
    if not is_right:
        return Given(texts=tuple(_wrong_text(entry) for entry in challenge.entries))
    if challenge.kind is Kind.INTERCHANGEABLE_FIELDS:
        return Given(texts=tuple(group[0] for group in challenge.groups[: len(challenge.entries)]))
    return Given(texts=tuple(entry.solutions[0] for entry in challenge.entries))


def _choices(challenge: Challenge, *, is_right: bool) -> tuple[int, ...]:
    right = [index for index, one in enumerate(challenge.proposals) if one.right]
    wrong = [index for index, one in enumerate(challenge.proposals) if not one.right]
    if is_right:
        return tuple(right)
    return tuple(sorted([*wrong, *right][: 1 if len(right) == 1 else 2]))


def _wrong_text(entry: Entry) -> str:
    if entry.options:
        return next(option for option in entry.options if option not in entry.solutions)
    return "987654321" if entry.is_number else "zzzzqqqq"


def gestures(exercise: Exercise, how: str) -> list[dict[str, str]]:
    """Give what is done in a simulator before handing in; nothing is to be done elsewhere."""
    if exercise.scenario is None or how == SKIP:
        return []
    steps = exercise.scenario.solution if how == RIGHT else exercise.scenario.mistakes[0]
    return [step.model_dump() for step in steps]


def answer(turn: Turn, how: str, *, at: datetime) -> None:
    """Answer the question that waits, through the services, its time begun and its simulator played."""
    asked = turn.asked
    assert asked is not None
    exercise = served_of(asked._mapping).exercise
    steps = gestures(exercise, how)
    if exercise.challenge.timer is not None:
        workbench.begin(turn, asked.public_id, at=at)
        turn = turn.reloaded()
    for step in steps:
        workbench.take_gesture(turn, asked.public_id, step)
    answers.answer(
        turn.reloaded() if steps else turn, asked.public_id, given_by(exercise.challenge, how), at=at
    )


def ticked(challenge: Challenge, given: Given) -> list[str]:
    """Name the proposals or places that an answer chooses."""
    return [challenge.proposals[index].text for index in given.choices]


def ranks(challenge: Challenge, given: Given) -> dict[str, int]:
    """Give its place, from 1, to each thing put in order."""
    return {one.text: place + 1 for one, place in zip(challenge.proposals, given.choices, strict=True)}


def question_of(token: str) -> uuid.UUID:
    """Read which question a signed form is about, as anybody can; only the portal can check it."""
    _, payload = URLSafeTimedSerializer("").loads_unsafe(token)
    return uuid.UUID(payload[2])


class AnswerBook:
    """The bank's key, found from what the screen shows: pupils are told no identifier."""

    def __init__(self) -> None:
        """Read the bank."""
        self._plain: dict[str, Challenge] = {}
        self._drawn: list[tuple[re.Pattern[str], Challenge]] = []
        for _, challenge in load_bank(CONTENT).every_challenge():
            words = folded(str(render_markdown(challenge.instruction)))
            self._plain[words] = challenge
            pattern = _HOLE.sub(".+", re.escape(words))
            if pattern != re.escape(words):
                self._drawn.append((re.compile(pattern), challenge))

    def exercise(self, instruction: str, token: str) -> Exercise:
        """Recognise a question by its instruction, tags or not, and by the signed field of its form."""
        words, question = folded(instruction), question_of(token)
        plain = self._plain.get(words)
        for challenge in (
            [plain] if plain else [one for pattern, one in self._drawn if pattern.fullmatch(words)]
        ):
            found = drawn(challenge, question)
            if plain or folded(str(render_markdown(found.challenge.instruction))) == words:
                return found
        raise AssertionError(f"no question of the bank says « {instruction} »")


@cache
def answer_book() -> AnswerBook:
    """Read the bank once for a whole process."""
    return AnswerBook()


def folded(text: str) -> str:
    """Leave the letters only: without tags, nor white space."""
    return "".join(html.unescape(_TAG.sub("", text)).split())
