"""What a question card, a correction and an end page show."""

import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from markupsafe import Markup
from sqlalchemy import Row
from werkzeug.datastructures import MultiDict

from portal import clock
from portal.assets import asset
from portal.domain.marking import Given, Outcome
from portal.domain.referential import CHOICES, Challenge, Kind, Skill
from portal.domain.school import school_year
from portal.labels import counted
from portal.markup import render_markdown
from portal.persistence import mapping
from portal.reading import whole_number
from portal.services import freezing
from portal.services.histories import A_YEAR
from portal.services.turns import Served, Turn


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
    typed: Given
    resumed: str


@dataclass(frozen=True, slots=True)
class Correction:
    """One answer of a checkpoint with what was expected and why."""

    number: int
    instruction: Markup
    picture: str | None
    alternative: str
    outcome: Outcome
    given: tuple[str, ...]
    expected: tuple[str, ...]
    explanation: Markup
    tube: str
    tube_title: str
    tutorial: str


def _order(challenge: Challenge, question: uuid.UUID) -> tuple[int, ...]:
    """Shuffle the proposals, the same way each time this question is shown."""
    order = list(range(len(challenge.proposals)))
    if challenge.shuffle:
        random.Random(question.hex).shuffle(order)
    return tuple(order)


def _picture(challenge: Challenge) -> str | None:
    return asset(f"medias/{challenge.media.file}") if challenge.media else None


def card(turn: Turn, question: Served, typed: Given | None, *, progress: float | None) -> Card:
    """Make the card of a question of this try."""
    challenge = freezing.challenge(question.challenge, question.version)
    done = turn.row.progress if progress is None else progress
    return Card(
        number=question.position,
        percent=min(99, round(done * 100)),
        challenge=challenge,
        instruction=render_markdown(challenge.instruction),
        picture=_picture(challenge),
        is_choice=challenge.kind in CHOICES,
        is_multiple=challenge.kind is Kind.MULTIPLE_CHOICE,
        order=_order(challenge, question.public_id),
        typed=typed or Given(),
        resumed=resumed_words(turn, clock.now()) if question.position == 1 else "",
    )


def resumed_words(turn: Turn, now: datetime) -> str:
    """Say what earlier tries were enough to give: « 20 acquis repris de l’an dernier », or nothing."""
    count = turn.resumed()
    if not count:
        return ""
    ages = [now - one.years * A_YEAR for one in turn.context.history]
    is_last_year = all(school_year(one) < school_year(now) for one in ages)
    origin = "de l’an dernier" if is_last_year else "de vos parcours précédents"
    return f"{counted(count, 'acquis repris', 'acquis repris')} {origin}"


def read_given(turn: Turn, question_id: uuid.UUID, form: MultiDict[str, str]) -> Given | None:
    """Read the answer of a form; None when the pupil passes. What fits no proposal is left to the rules."""
    if "passer" in form:
        return None
    question = turn.question(question_id)
    if question is None:
        return Given()
    challenge = freezing.challenge(question.challenge, question.version)
    return given_of(challenge, question_id, form)


def given_of(challenge: Challenge, question_id: uuid.UUID, form: MultiDict[str, str]) -> Given:
    """Read what was chosen or typed for a challenge."""
    if challenge.kind not in CHOICES:
        return Given(texts=tuple(form.get(f"champ-{index}", "") for index in range(len(challenge.entries))))
    order = _order(challenge, question_id)
    shown = [whole_number(value) for value in form.getlist("choix")]
    return Given(choices=tuple(sorted(-1 if at is None or at >= len(order) else order[at] for at in shown)))


def _given_words(challenge: Challenge, given: Given) -> tuple[str, ...]:
    if challenge.kind in CHOICES:
        return tuple(challenge.proposals[index].text for index in given.choices)
    return tuple(
        f"{entry.label}\u00a0: {text}" if len(challenge.entries) > 1 else text
        for entry, text in zip(challenge.entries, given.texts, strict=False)
    )


def _expected_words(challenge: Challenge) -> tuple[str, ...]:
    if challenge.kind in CHOICES:
        return tuple(proposal.text for proposal in challenge.proposals if proposal.right)
    if challenge.kind is Kind.INTERCHANGEABLE_FIELDS:
        return tuple(group[0] for group in challenge.groups)
    if len(challenge.entries) > 1:
        return tuple(f"{entry.label}\u00a0: {entry.solutions[0]}" for entry in challenge.entries)
    entry = challenge.entries[0]
    number = entry.solutions[0].replace(".", ",") if entry.is_number else entry.solutions[0]
    return (f"{number}\u00a0{entry.unit}" if entry.unit else number,)


def corrections(questions: Sequence[Row[Any]], skills: dict[str, Skill]) -> list[Correction]:
    """Make the corrections of answered questions."""
    return [_correction(question, skills[question.skill]) for question in questions if question.outcome]


def _correction(question: Row[Any], skill: Skill) -> Correction:
    challenge = freezing.challenge(question.challenge, question.version)
    return Correction(
        number=question.position,
        instruction=render_markdown(challenge.instruction),
        picture=_picture(challenge),
        alternative=challenge.media.alternative if challenge.media else "",
        outcome=Outcome(question.outcome),
        given=_given_words(challenge, mapping.given_from_json(question.given)),
        expected=_expected_words(challenge),
        explanation=render_markdown(challenge.explanation),
        tube=skill.tube,
        tube_title=skill.tube_title,
        tutorial=skill.tutorial,
    )
