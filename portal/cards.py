"""A question as it is shown, whoever shows it; what was answered, and what was expected, in words."""

import random
import uuid
from dataclasses import dataclass

from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from portal.assets import asset
from portal.domain.marking import Given, expects_several
from portal.domain.referential import CHOSEN, Challenge, Kind
from portal.labels import counted
from portal.markup import render_markdown
from portal.reading import whole_number
from portal.services.exercises import Exercise, Simulation


@dataclass(frozen=True, slots=True)
class Clock:
    """The time of a question: `left` is None before the pupil begins, 0 when it is over; seconds all."""

    allowed: int
    left: int | None

    @property
    def words(self) -> str:
        """Write the time allowed."""
        minutes, seconds = divmod(self.allowed, 60)
        parts = [counted(minutes, "minute", "minutes")] if minutes else []
        return " et ".join(
            [*parts, counted(seconds, "seconde", "secondes")] if seconds or not minutes else parts
        )


@dataclass(frozen=True, slots=True)
class Card:
    """A question as it is shown: proposals in this pupil's order, fields with what was typed."""

    number: int
    percent: int
    challenge: Challenge
    instruction: Markup
    picture: str | None
    is_choice: bool
    is_multiple: bool
    order: tuple[int, ...]
    options: tuple[tuple[str, ...], ...]
    typed: Given
    resumed: str
    has_file: bool
    simulator: Simulation | None
    clock: Clock | None


def _shuffled(count: int, seed: str) -> tuple[int, ...]:
    """Shuffle places, the same way each time for the same seed."""
    order = list(range(count))
    random.Random(seed).shuffle(order)
    return tuple(order)


def _order(challenge: Challenge, question: uuid.UUID) -> tuple[int, ...]:
    """Shuffle the proposals; never into the right order when it is what is asked."""
    count = len(challenge.proposals)
    plain = tuple(range(count))
    if challenge.kind is Kind.ORDERING:
        order = _shuffled(count, question.hex)
        return order if order != plain else (*plain[1:], 0)
    return _shuffled(count, question.hex) if challenge.shuffle and not challenge.table else plain


def _options(challenge: Challenge, question: uuid.UUID) -> tuple[tuple[str, ...], ...]:
    """Give the options of each list; those of a matching, the same in each, are shuffled."""
    if challenge.kind is not Kind.MATCHING:
        return tuple(entry.options for entry in challenge.entries)
    options = challenge.entries[0].options
    order = _shuffled(len(options), question.hex)
    return tuple(tuple(options[at] for at in order) for _ in challenge.entries)


def picture_of(challenge: Challenge, drawn_url: str) -> str | None:
    """Give the address of the picture of a question; `drawn_url`: where one of ours is drawn."""
    if challenge.media is None:
        return None
    return drawn_url if challenge.media.parts else asset(f"medias/{challenge.media.file}")


def card_of(
    exercise: Exercise,
    question: uuid.UUID,
    *,
    drawn_url: str,
    number: int,
    percent: int,
    typed: Given | None,
    simulator: Simulation | None,
    clock: Clock | None,
    resumed: str = "",
) -> Card:
    """Make the card of a question as one pupil meets it.

    Args:
        question: what the order of its proposals is drawn from.
        drawn_url: where its picture is drawn, if it is one of ours.
        resumed: what earlier tries were enough to give, in words.
    """
    challenge = exercise.challenge
    return Card(
        number=number,
        percent=percent,
        challenge=challenge,
        instruction=render_markdown(challenge.instruction),
        picture=picture_of(challenge, drawn_url),
        is_choice=challenge.kind in CHOSEN,
        is_multiple=expects_several(challenge),
        order=_order(challenge, question),
        options=_options(challenge, question),
        typed=typed or Given(),
        resumed=resumed,
        has_file=exercise.has_file,
        simulator=simulator,
        clock=clock,
    )


def given_of(challenge: Challenge, question_id: uuid.UUID, form: MultiDict[str, str]) -> Given:
    """Read what was chosen or typed for a challenge."""
    order = _order(challenge, question_id)
    if challenge.kind is Kind.ORDERING:
        # The places as they were shown, put back in the order of the question.
        places = {item: whole_number(form.get(f"place-{at}")) or 0 for at, item in enumerate(order)}
        return Given(choices=tuple(places[item] - 1 for item in sorted(places)))
    if challenge.kind not in CHOSEN:
        return Given(texts=tuple(form.get(f"champ-{index}", "") for index in range(len(challenge.entries))))
    shown = [whole_number(value) for value in form.getlist("choix")]
    return Given(choices=tuple(sorted(-1 if at is None or at >= len(order) else order[at] for at in shown)))


def given_words(challenge: Challenge, given: Given) -> tuple[str, ...]:
    """Write an answer."""
    if challenge.kind in CHOSEN:
        return tuple(challenge.proposals[index].text for index in given.choices)
    if challenge.kind is Kind.ORDERING:
        return tuple(challenge.proposals[given.choices.index(place)].text for place in sorted(given.choices))
    return tuple(
        f"{entry.label}\u00a0: {text}" if len(challenge.entries) > 1 else text
        for entry, text in zip(challenge.entries, given.texts, strict=False)
    )


def expected_words(challenge: Challenge) -> tuple[str, ...]:
    """Write what was expected: one spelling of each thing."""
    if challenge.kind is Kind.SIMULATOR:
        return ()
    if challenge.kind in CHOSEN or challenge.kind is Kind.ORDERING:
        return tuple(proposal.text for proposal in challenge.proposals if proposal.right)
    if challenge.kind is Kind.INTERCHANGEABLE_FIELDS:
        return tuple(group[0] for group in challenge.groups)
    if len(challenge.entries) > 1:
        return tuple(f"{entry.label}\u00a0: {entry.solutions[0]}" for entry in challenge.entries)
    entry = challenge.entries[0]
    number = entry.solutions[0].replace(".", ",") if entry.is_number else entry.solutions[0]
    return (f"{number}\u00a0{entry.unit}" if entry.unit else number,)
