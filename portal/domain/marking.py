"""Correct an answer. Source: docs/regles.md, « Correction »."""

import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from rapidfuzz.distance import Levenshtein

from portal.domain.errors import DomainError
from portal.domain.referential import CHOSEN, Challenge, Entry, Kind

TOLERANCE = 0.25
LONGEST_TYPED_ANSWER = 500
NO_PLACE = -1
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae"})
_SPACES = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\u2007", " "))


class Outcome(StrEnum):
    """What an answer proves: everything but OK speaks against the skill."""

    OK = "ok"
    KO = "ko"
    SKIPPED = "skipped"
    TIMED_OUT = "timed_out"


class EmptyAnswer(DomainError):
    """Nothing was chosen or typed: refused, never counted."""


class NotEnoughChoices(DomainError):
    """A question with several right proposals asks for two choices at least."""


class IncompleteAnswer(DomainError):
    """One of several fields is empty."""


class UnreadableNumber(DomainError):
    """A number was asked for and something else was typed."""


class SamePlace(DomainError):
    """Two things to put in order were given the same place."""


class MalformedAnswer(DomainError):
    """The answer does not have the shape of its question: it did not come from our page."""


# What an answer is refused for before it is corrected: said beside the question, and nothing is counted.
REFUSALS = (
    EmptyAnswer,
    IncompleteAnswer,
    NotEnoughChoices,
    UnreadableNumber,
    MalformedAnswer,
    SamePlace,
)


@dataclass(frozen=True, slots=True)
class Given:
    """What the pupil gave: indexes of proposals, the place of each thing put in order, or one text per field."""

    choices: tuple[int, ...] = ()
    texts: tuple[str, ...] = ()


def clean(text: str) -> str:
    """Compose the characters, and turn no-break spaces into plain ones."""
    return unicodedata.normalize("NFC", text).translate(_SPACES).strip()


def _simplify(text: str) -> str:
    """t1: case, accents and all white space removed."""
    folded = unicodedata.normalize("NFKD", clean(text).casefold()).casefold()
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return "".join(bare.translate(_LIGATURES).split())


def _letters_and_digits(text: str) -> str:
    """t2: keep letters, digits and spaces."""
    return "".join(char for char in text if char.isalnum() or char == " ")


def treat(text: str, treatments: tuple[str, ...]) -> str:
    """Apply the treatments t1 and t2 that a question asks for, in that order."""
    text = clean(text)
    if "t1" in treatments:
        text = _simplify(text)
    if "t2" in treatments:
        text = _letters_and_digits(text)
    return text


def matches(typed: str, solutions: tuple[str, ...], treatments: tuple[str, ...]) -> bool:
    """Tell whether a typed answer is one of the solutions, small typing errors forgiven with t3."""
    answer = treat(typed, treatments)
    if not answer:
        return False
    expected = [treat(solution, treatments) for solution in solutions]
    if answer in expected:
        return True
    if "t3" not in treatments:
        return False
    return min(Levenshtein.distance(answer, solution) for solution in expected) / len(answer) <= TOLERANCE


def read_number(typed: str) -> Decimal:
    """Read a decimal typed the French way or not: comma or point, either minus, inner spaces, leading zeros.

    Raises: UnreadableNumber.
    """
    try:
        number = Decimal("".join(clean(typed).split()).replace(",", ".").replace("\u2212", "-"))
    except InvalidOperation:
        raise UnreadableNumber from None
    if not number.is_finite():
        raise UnreadableNumber
    return number


def _is_right(entry: Entry, typed: str) -> bool:
    if entry.options:
        return typed in entry.solutions
    if entry.is_number:
        return read_number(typed) in {read_number(solution) for solution in entry.solutions}
    return matches(typed, entry.solutions, entry.treatments)


def _fills_different_groups(challenge: Challenge, texts: tuple[str, ...]) -> bool:
    """Match each answer with a group of its own (augmenting paths: greedy choice can fail)."""
    taken: dict[int, int] = {}

    def place(answer: int, tried: set[int]) -> bool:
        for group, spellings in enumerate(challenge.groups):
            if group in tried or not matches(texts[answer], spellings, challenge.entries[answer].treatments):
                continue
            tried.add(group)
            if group not in taken or place(taken[group], tried):
                taken[group] = answer
                return True
        return False

    return all(place(answer, set()) for answer in range(len(texts)))


def expects_several(challenge: Challenge) -> bool:
    """Tell whether more than one proposal is right."""
    return sum(one.right for one in challenge.proposals) > 1


def _check_choices(challenge: Challenge, choices: tuple[int, ...]) -> None:
    if not choices:
        raise EmptyAnswer
    if len(set(choices)) != len(choices) or not set(choices) <= set(range(len(challenge.proposals))):
        raise MalformedAnswer
    if expects_several(challenge):
        if len(choices) < 2:
            raise NotEnoughChoices
    elif len(choices) != 1:
        raise MalformedAnswer


def _check_places(challenge: Challenge, places: tuple[int, ...]) -> None:
    count = len(challenge.proposals)
    if len(places) != count or not set(places) <= {NO_PLACE, *range(count)}:
        raise MalformedAnswer
    if NO_PLACE in places:
        raise EmptyAnswer if set(places) == {NO_PLACE} else IncompleteAnswer
    if len(set(places)) != count:
        raise SamePlace


def _check_texts(challenge: Challenge, texts: tuple[str, ...]) -> None:
    if len(texts) != len(challenge.entries) or any(len(text) > LONGEST_TYPED_ANSWER for text in texts):
        raise MalformedAnswer
    if not any(clean(text) for text in texts):
        raise EmptyAnswer
    if not all(clean(text) for text in texts):
        raise IncompleteAnswer
    for entry, text in zip(challenge.entries, texts, strict=True):
        if entry.options and text not in entry.options:
            raise MalformedAnswer
        if entry.is_number:
            read_number(text)


def check_answer(challenge: Challenge, given: Given) -> None:
    """Refuse an answer that cannot be corrected; nothing is counted then.

    Raises: EmptyAnswer, IncompleteAnswer, NotEnoughChoices, UnreadableNumber, SamePlace, MalformedAnswer.
    """
    if challenge.kind in CHOSEN:
        _check_choices(challenge, given.choices)
    elif challenge.kind is Kind.ORDERING:
        _check_places(challenge, given.choices)
    else:
        _check_texts(challenge, given.texts)


def mark(challenge: Challenge, given: Given) -> Outcome:
    """Correct an answer: all or nothing, no partial credit.

    Raises: what `check_answer` raises.
    """
    check_answer(challenge, given)
    if challenge.kind in CHOSEN:
        right = {index for index, proposal in enumerate(challenge.proposals) if proposal.right}
        is_right = set(given.choices) == right
    elif challenge.kind is Kind.ORDERING:
        is_right = given.choices == tuple(range(len(challenge.proposals)))
    elif challenge.kind is Kind.INTERCHANGEABLE_FIELDS:
        is_right = _fills_different_groups(challenge, given.texts)
    else:
        is_right = all(
            _is_right(entry, text) for entry, text in zip(challenge.entries, given.texts, strict=True)
        )
    return Outcome.OK if is_right else Outcome.KO
