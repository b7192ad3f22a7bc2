"""What a question card, a correction and an end page show."""

import math
import random
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import url_for
from markupsafe import Markup
from sqlalchemy import Row
from werkzeug.datastructures import MultiDict

from portal import clock
from portal.assets import asset
from portal.domain.exercises import seconds_allowed
from portal.domain.marking import Given, Outcome, expects_several
from portal.domain.referential import CHOSEN, Challenge, Kind, Media, Skill
from portal.domain.school import school_year
from portal.labels import counted
from portal.markup import render_markdown
from portal.persistence import mapping
from portal.reading import whole_number
from portal.services.exercises import Exercise, Simulation
from portal.services.histories import A_YEAR
from portal.services.turns import Served, Turn, served_of


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

    challenge: Challenge
    instruction: Markup
    picture: str | None
    is_choice: bool
    is_multiple: bool
    order: tuple[int, ...]
    options: tuple[tuple[str, ...], ...]
    typed: Given
    has_file: bool
    number: int = 0
    percent: int = 0
    resumed: str = ""
    simulator: Simulation | None = None
    clock: Clock | None = None

    @property
    def is_pointed_at(self) -> bool:
        """Tell whether the answer is pointed at, in a table or on a picture whose places are drawn."""
        return self.challenge.kind is Kind.HOTSPOT and bool(self.challenge.table or self.challenge.size)


@dataclass(frozen=True, slots=True)
class Correction:
    """One answer of a checkpoint with what was expected and why."""

    number: int
    instruction: Markup
    picture: str | None
    media: Media | None
    outcome: Outcome
    given: tuple[str, ...]
    expected: tuple[str, ...]
    explanation: Markup
    tube: str
    tube_title: str
    tutorial: str


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


def _picture(challenge: Challenge, participation: uuid.UUID, number: int) -> str | None:
    if challenge.media is None:
        return None
    return picture_url(challenge, url_for("player.picture", public_id=participation, number=number))


def picture_url(challenge: Challenge, drawn_at: str) -> str | None:
    """Give the address of a question's picture, None without one; `drawn_at`: of one that is no file."""
    if challenge.media is None:
        return None
    return drawn_at if challenge.media.parts else asset(f"medias/{challenge.media.file}")


def card(
    turn: Turn, question: Served, typed: Given | None, *, progress: float | None, refused: str | None = None
) -> Card:
    """Make the card of a question of this try; `refused`: what the simulator answers to the last gesture."""
    exercise = question.exercise
    done = turn.row.progress if progress is None else progress
    picture = _picture(exercise.challenge, turn.row.public_id, question.position)
    return replace(
        card_of(exercise, question.public_id, typed, picture),
        number=question.position,
        percent=min(99, round(done * 100)),
        resumed=resumed_words(turn, clock.now()) if question.position == 1 else "",
        simulator=_simulator(turn, exercise, refused),
        clock=_clock(turn, question, exercise.challenge),
    )


def _simulator(turn: Turn, exercise: Exercise, refused: str | None) -> Simulation | None:
    if exercise.scenario is None:
        return None
    return simulation(exercise, url_for("player.gesture", public_id=turn.row.public_id), refused)


def card_of(exercise: Exercise, question: uuid.UUID, typed: Given | None, picture: str | None) -> Card:
    """Make the card of a question, whatever it is asked in; without its simulator."""
    challenge = exercise.challenge
    return Card(
        challenge=challenge,
        instruction=render_markdown(challenge.instruction),
        picture=picture,
        is_choice=challenge.kind in CHOSEN,
        is_multiple=expects_several(challenge),
        order=_order(challenge, question),
        options=_options(challenge, question),
        typed=typed or Given(),
        has_file=exercise.has_file,
    )


def simulation(exercise: Exercise, action: str, refused: str | None) -> Simulation | None:
    """Show the simulator of a question as it was left; `action`: where its gestures go."""
    scenario = exercise.scenario
    if scenario is None:
        return None
    screen = scenario.screen(exercise.state or scenario.begin())
    return Simulation(scenario.simulator, scenario.title, screen, action, refused)


def _clock(turn: Turn, question: Served, challenge: Challenge) -> Clock | None:
    allowed = seconds_allowed(challenge, turn.row.time_factor)
    if allowed is None:
        return None
    if question.begun_at is None:
        return Clock(allowed, None)
    spent = (clock.now() - question.begun_at).total_seconds()
    return Clock(allowed, max(0, math.ceil(allowed - spent)))


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
    return given_of(served_of(question._mapping).exercise.challenge, question_id, form)


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
    """Tell what was answered; what time that ran out left empty, or half filled, is left out."""
    if challenge.kind in CHOSEN:
        return tuple(challenge.proposals[index].text for index in given.choices if index >= 0)
    if challenge.kind is Kind.ORDERING:
        placed = sorted((place, item) for item, place in enumerate(given.choices) if place >= 0)
        return tuple(challenge.proposals[item].text for _, item in placed)
    return tuple(
        f"{entry.label}\u00a0: {text}" if len(challenge.entries) > 1 else text
        for entry, text in zip(challenge.entries, given.texts, strict=False)
        if text
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


def corrections(turn: Turn, questions: Sequence[Row[Any]], skills: dict[str, Skill]) -> list[Correction]:
    """Make the corrections of answered questions."""
    return [_correction(turn, one, skills[one.skill]) for one in questions if one.outcome]


def _correction(turn: Turn, question: Row[Any], skill: Skill) -> Correction:
    challenge = served_of(question._mapping).exercise.challenge
    given = mapping.given_from_json(question.given)
    return correction_of(
        challenge,
        Outcome(question.outcome),
        given,
        skill,
        picture=_picture(challenge, turn.row.public_id, question.position),
        number=question.position,
    )


def correction_of(
    challenge: Challenge,
    outcome: Outcome,
    given: Given,
    skill: Skill,
    *,
    picture: str | None,
    number: int = 0,
) -> Correction:
    """Make the correction of an answer to a question, as its pupil met it."""
    return Correction(
        number=number,
        instruction=render_markdown(challenge.instruction),
        picture=picture,
        media=challenge.media,
        outcome=outcome,
        given=given_words(challenge, given),
        expected=expected_words(challenge),
        explanation=render_markdown(challenge.explanation),
        tube=skill.tube,
        tube_title=skill.tube_title,
        tutorial=skill.tutorial,
    )
