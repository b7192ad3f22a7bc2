"""What the pages of the preview show: the card as the player's, then what only its author reads."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from markupsafe import Markup

from portal import cards
from portal.bank.checks.places import texts
from portal.bank.places import Place, Problem
from portal.bank.workshop import Workshop
from portal.cards import Card, Clock, expected_words, given_words
from portal.cli.preview.desk import Desk, Work
from portal.domain.exercises import seconds_allowed
from portal.domain.referential import Challenge, Kind, Skill
from portal.labels import LABELS
from portal.markup import render_markdown
from portal.material.recipe import dice_of
from portal.material.simulators.drawn import draw
from portal.services.exercises import Exercise

DRAWS = 10


@dataclass(frozen=True, slots=True)
class Draw:
    """What one drawn pupil gets."""

    number: int
    instruction: Markup
    values: tuple[tuple[str, str], ...]
    answers: tuple[str, ...]
    file: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """A problem, in French as it is printed."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answered:
    """The correction of the last answer: `kind` names the shape of its outcome."""

    kind: str
    label: str
    given: tuple[str, ...]


def card(
    desk: Desk,
    challenge: Challenge,
    number: int,
    *,
    rank: int,
    action: str,
    drawn_url: str,
    refused: str | None,
    now: datetime,
) -> Card:
    """Make the card of a question; `rank`: its place among those that are looked at."""
    work, exercise = desk.work(challenge, number), desk.exercise(challenge, number)
    picture = cards.picture_url(exercise.challenge, drawn_url)
    plain = cards.card_of(exercise, desk.question_of(challenge, number), work.given, picture)
    return replace(
        plain,
        number=rank,
        simulator=cards.simulation(exercise, action, refused),
        clock=_clock(exercise.challenge, work, now),
    )


def _clock(challenge: Challenge, work: Work, now: datetime) -> Clock | None:
    allowed = seconds_allowed(challenge, 1)
    if allowed is None:
        return None
    if work.begun_at is None:
        return Clock(allowed, None)
    return Clock(allowed, max(0, math.ceil(allowed - (now - work.begun_at).total_seconds())))


def answered(exercise: Exercise, work: Work) -> Answered | None:
    """Tell how the last answer was corrected; None before any."""
    if work.outcome is None:
        return None
    given = () if work.given is None else given_words(exercise.challenge, work.given)
    kind = {"timed_out": "late"}.get(work.outcome.value, work.outcome.value)
    return Answered(kind, LABELS[work.outcome], given)


def draws(desk: Desk, workshop: Workshop, challenge: Challenge) -> list[Draw]:
    """Show side by side what ten pupils get; none if all get the same."""
    if challenge.recipe is None and not (challenge.scenario or {}).get("draw"):
        return []
    return [_draw(desk, workshop, challenge, number) for number in range(DRAWS)]


def _draw(desk: Desk, workshop: Workshop, challenge: Challenge, number: int) -> Draw:
    exercise = desk.exercise(challenge, number)
    if challenge.recipe is not None:
        made = workshop.made(challenge, number)
        values, file = tuple(made.values.items()), made.file.name
        # One spelling of each: the others are with the key.
        answers = expected_words(exercise.challenge)
    else:
        values, file, answers = _drawn_names(desk, challenge, number), None, ()
    told = render_markdown(exercise.challenge.instruction)
    return Draw(number + 1, told, tuple((name, value) for name, value in values), answers, file)


def _drawn_names(desk: Desk, challenge: Challenge, number: int) -> tuple[tuple[str, str], ...]:
    """Give the words that a scenario draws, by the very draw that fills it."""
    lists = (challenge.scenario or {})["draw"]
    dice = dice_of(desk.question_of(challenge, number).hex)
    filled = draw({"draw": lists, "names": {name: f"{{{name}}}" for name in lists}}, dice)
    return tuple(filled["names"].items())


def verdicts(problems: Sequence[Problem], own: str) -> list[Verdict]:
    """Write problems; those of the file itself say only their line."""
    return [
        Verdict(
            f"{'' if one.place.file == own else one.place.file + ', '}ligne {one.line}"
            + (f", {one.place.what}" if one.place.what else ""),
            typeset(one.reason),
        )
        for one in problems
    ]


def typeset(text: str) -> str:
    """Put the no-break spaces of French in a sentence of the command line."""
    for plain, bound in (
        ("« ", "«\u00a0"),
        (" »", "\u00a0»"),
        (" :", "\u00a0:"),
        (" ;", "\u202f;"),
        (" ?", "\u202f?"),
        (" %", "\u00a0%"),
    ):
        text = text.replace(plain, bound)
    return text.replace("'", "’")


def facts(challenge: Challenge, skill: Skill | None) -> Iterator[tuple[str, Any]]:
    """Tell what the author wrote that the card does not show."""
    yield "Question", challenge.id
    if skill:
        yield from (("Acquis", skill.description), ("Niveau", skill.level), ("Indice", skill.hint))
    yield "Durée attendue", f"{challenge.seconds}\u00a0s"
    if challenge.timer:
        yield "Chronomètre", f"{challenge.timer}\u00a0s"
    yield "Mots à lire", sum(len(text.split()) for _, text in texts(Place(""), challenge))
    if challenge.kind is not Kind.SIMULATOR and challenge.media:
        yield "Texte de remplacement de l’image", challenge.media.alternative
