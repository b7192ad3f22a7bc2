"""Who a pupil is: recognise, name, give a secret, lock. Source: docs/regles.md, « Identité des élèves »."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import Final

from rapidfuzz.distance import Levenshtein

from portal.domain.passphrase_words import WORDS

TOLERANCE = 0.25
SHORTEST_SECRET = 8
LONGEST_USERNAME = 130
FAILURES_A_LOCK = 10
FAILURES_TO_BLOCK = 30
FIRST_LOCK = timedelta(minutes=2)
WORDS_A_PASSPHRASE = 3
# Letters that decomposition leaves whole.
_WHOLE_LETTERS = str.maketrans(
    {"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h"}
)
_SEPARATORS = re.compile(r"[\s\-_.,]+")
_KNOWN_WORDS = frozenset(WORDS)
_USERNAME = re.compile(r"(?P<first>.+?)\.(?P<last>.+?)(?P<digits>\d{4})")


def normalise_name(text: str) -> str:
    """Reduce a name to what every way of typing it shares: lower case a–z and 0–9."""
    letters = unicodedata.normalize("NFKD", text).casefold().translate(_WHOLE_LETTERS)
    return "".join(letter for letter in letters if letter.isascii() and letter.isalnum())


@dataclass(frozen=True, slots=True)
class Candidate:
    """An enabled pupil of the school born on the day that was typed.

    Args:
        key: the caller's own identifier.
        first_names: usual one first, then second and third.
        last_names: family and usage names.
        linked_username: of the account already linked to the pupil, if any.
    """

    key: int
    first_names: tuple[str, ...]
    last_names: tuple[str, ...]
    linked_username: str | None = None


@dataclass(frozen=True, slots=True)
class Identified:
    """One pupil, without an account, answers to these names."""

    key: int


@dataclass(frozen=True, slots=True)
class AlreadyLinked:
    """The pupil has an account; its username is shown with most letters hidden."""

    masked_username: str


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Two pupils answer equally well: none is proposed."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """No pupil answers to these names."""


Identity = Identified | AlreadyLinked | Ambiguous | Unknown
_Distance = tuple[int, int]


def identify(typed_first: str, typed_last: str, candidates: Iterable[Candidate]) -> Identity:
    """Find the pupil that somebody claims to be.

    An exact match wins over a tolerant one, a nearer over a farther, and the usual first name over the second
    or third one (twins often bear each other's). Pupils already linked compete like the others.

    Args:
        candidates: enabled pupils of the school with the birth date that was typed, linked or not.
    """
    first, last = normalise_name(typed_first), normalise_name(typed_last)
    ranked = [
        (distance, candidate)
        for candidate in candidates
        if (distance := _distance_to(candidate, first, last)) is not None
    ]
    if not ranked:
        return Unknown()
    best = min(distance for distance, _ in ranked)
    nearest = [candidate for distance, candidate in ranked if distance == best]
    if len(nearest) > 1:
        return Ambiguous()
    if nearest[0].linked_username is not None:
        return AlreadyLinked(mask(nearest[0].linked_username))
    return Identified(nearest[0].key)


def _distance_to(candidate: Candidate, first: str, last: str) -> _Distance | None:
    """Count the typing errors, then prefer the usual first name; None when the tolerance is exceeded."""
    by_first = _nearest(first, candidate.first_names)
    by_last = _nearest(last, candidate.last_names)
    if by_first is None or by_last is None:
        return None
    return by_first[0] + by_last[0], min(by_first[1], 1)


def _nearest(typed: str, names: tuple[str, ...]) -> _Distance | None:
    """Give distance and position of the nearest name within the tolerance."""
    found = [
        (distance, position)
        for position, name in enumerate(names)
        if (distance := Levenshtein.distance(typed, normalise_name(name))) <= TOLERANCE * len(typed)
    ]
    return min(found) if typed and found else None


def mask(username: str) -> str:
    """Hide a username but for what its owner recognises: « c…a.d…t0504 »."""
    parts = _USERNAME.fullmatch(username)
    if parts is None:
        return _masked(username)
    return f"{_masked(parts['first'])}.{_masked(parts['last'])}{parts['digits']}"


def _masked(word: str) -> str:
    return f"{word[:1]}…{word[-1]}" if len(word) > 2 else f"{word[:1]}…"


def username(
    first_name: str,
    last_name: str,
    birth_date: date,
    taken: Callable[[str], bool],
    draw: Callable[[int], int],
) -> str:
    """Make a username that its owner can remember: firstname.lastname and day and month of birth.

    Args:
        taken: whether a username is already somebody's; four random digits replace the day and month then.
        draw: an integer from 0 up to its argument, excluded, from a secure source (`secrets.randbelow`).
    """
    stem = f"{normalise_name(first_name) or 'eleve'}.{normalise_name(last_name) or 'eleve'}"
    stem = stem[: LONGEST_USERNAME - len("DDMM")]
    proposed = f"{stem}{birth_date:%d%m}"
    while taken(proposed):
        proposed = f"{stem}{draw(10_000):04d}"
    return proposed


def passphrase(draw: Callable[[int], int]) -> str:
    """Make a secret easy to copy and to type: three words and two digits, more than 39 bits.

    Args:
        draw: as for `username`.
    """
    words = [WORDS[draw(len(WORDS))] for _ in range(WORDS_A_PASSPHRASE)]
    return "-".join([*words, f"{draw(100):02d}"])


def as_passphrase(typed: str) -> str:
    """Read three words and two digits however they are separated; any other secret is left as it is."""
    parts = _SEPARATORS.split(typed.strip().lower())
    is_passphrase = len(parts) == WORDS_A_PASSPHRASE + 1 and set(parts[:-1]) <= _KNOWN_WORDS
    return "-".join(parts) if is_passphrase and parts[-1].isdigit() else typed


def has_allowed_secret(text: str) -> bool:
    """Tell whether a pupil may choose this secret: eight characters, spaces at both ends not counted."""
    return len(unicodedata.normalize("NFC", text).strip()) >= SHORTEST_SECRET


class Blocked(Enum):
    """The type of `BLOCKED`."""

    BLOCKED = "blocked"


BLOCKED: Final = Blocked.BLOCKED


def lock_after(failures: int) -> timedelta | Blocked | None:
    """Tell what a failed sign-in brings.

    Args:
        failures: of this account since its last success, the new one included.
    Returns: None, a delay before the next try, or BLOCKED: until a member unlocks the account.
    """
    if failures >= FAILURES_TO_BLOCK:
        return BLOCKED
    if failures < FAILURES_A_LOCK or failures % FAILURES_A_LOCK:
        return None
    doublings = failures // FAILURES_A_LOCK - 1
    return FIRST_LOCK * (1 << doublings)
