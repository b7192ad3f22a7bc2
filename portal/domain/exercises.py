"""A question as one pupil meets it: what a generator or a scenario draws takes its place in the texts."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from portal.domain.referential import Challenge, Entry, Media, Proposal

Value = TypeVar("Value")
_HOLE = re.compile(r"\{([a-z0-9_-]+)\}")
# What a choice made from a file proposes, the right answer included.
MOST_PROPOSALS = 4


@dataclass(frozen=True, slots=True)
class Drawn:
    """What was drawn for a pupil.

    Attributes:
        values: what `{name}` stands for.
        answers: by name, the accepted spellings of what the pupil's file answers.
        wrong: by name of an answer, believable wrong ones.
    """

    values: Mapping[str, str]
    answers: Mapping[str, tuple[str, ...]]
    wrong: Mapping[str, tuple[str, ...]]


class NothingDrawn(LookupError):
    """A text or a field names something that is not drawn; `args[0]` is that name."""


def filled(challenge: Challenge, drawn: Drawn) -> Challenge:
    """Give the question with this pupil's words, answers and proposals.

    Raises: NothingDrawn.
    """
    proposals = challenge.proposals
    if challenge.answer:
        right, wrong = _named(challenge.answer, drawn.answers), _named(challenge.answer, drawn.wrong)
        texts = [right[0], *wrong[: MOST_PROPOSALS - 1]]
        proposals = tuple(Proposal(text, right=not place) for place, text in enumerate(texts))
    return replace(
        challenge,
        instruction=_with_words(challenge.instruction, drawn.values),
        explanation=_with_words(challenge.explanation, drawn.values),
        entries=tuple(_entry(one, drawn) for one in challenge.entries),
        proposals=proposals,
        media=_media(challenge.media, drawn) if challenge.media else None,
    )


def _entry(entry: Entry, drawn: Drawn) -> Entry:
    solutions = _named(entry.answer, drawn.answers) if entry.answer else entry.solutions
    return replace(entry, label=_with_words(entry.label, drawn.values), solutions=solutions)


def _media(media: Media, drawn: Drawn) -> Media:
    if not media.parts:
        return media
    alternative = _with_words(media.alternative, drawn.values)
    return replace(media, alternative=alternative, parts=_part(media.parts, drawn.values))


def _part(content: Any, values: Mapping[str, str]) -> Any:
    """Fill what a picture is made of, however deep the words are."""
    if isinstance(content, str):
        return _with_words(content, values)
    if isinstance(content, Mapping):
        return {key: _part(one, values) for key, one in content.items()}
    if isinstance(content, (list, tuple)):
        return tuple(_part(one, values) for one in content)
    return content


def _with_words(text: str, values: Mapping[str, str]) -> str:
    return _HOLE.sub(lambda hole: _named(hole[1], values), text)


def _named(name: str, found: Mapping[str, Value]) -> Value:
    if name not in found:
        raise NothingDrawn(name)
    return found[name]


def seconds_allowed(challenge: Challenge, factor: float) -> int | None:
    """Give the time for a timed question; `factor`: 1 for most, more for whom needs it. None: no limit."""
    return None if challenge.timer is None else round(challenge.timer * factor)
