"""What a question card, a correction and an end page show."""

import math
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from markupsafe import Markup
from sqlalchemy import Row
from werkzeug.datastructures import MultiDict

from portal import clock
from portal.cards import Card, Clock, card_of, expected_words, given_of, given_words, picture_of
from portal.domain.exercises import seconds_allowed
from portal.domain.marking import Given, Outcome
from portal.domain.referential import Challenge, Media, Skill
from portal.domain.school import school_year
from portal.labels import counted
from portal.markup import render_markdown
from portal.persistence import mapping
from portal.services.exercises import Exercise, Simulation
from portal.services.histories import A_YEAR
from portal.services.turns import Served, Turn, served_of


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


def card(
    turn: Turn, question: Served, typed: Given | None, *, progress: float | None, refused: str | None = None
) -> Card:
    """Make the card of a question of this try; `refused`: what the simulator answers to the last gesture."""
    exercise = question.exercise
    done = turn.row.progress if progress is None else progress
    return card_of(
        exercise,
        question.public_id,
        drawn_url=_drawn_url(turn, question.position),
        number=question.position,
        percent=min(99, round(done * 100)),
        typed=typed,
        simulator=simulation(turn, exercise, refused),
        clock=_clock(turn, question, exercise.challenge),
        resumed=resumed_words(turn, clock.now()) if question.position == 1 else "",
    )


def _drawn_url(turn: Turn, number: int) -> str:
    return url_for("player.picture", public_id=turn.row.public_id, number=number)


def simulation(turn: Turn, exercise: Exercise, refused: str | None) -> Simulation | None:
    """Show the simulator of a question as it was left."""
    scenario = exercise.scenario
    if scenario is None:
        return None
    action = url_for("player.gesture", public_id=turn.row.public_id)
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


def corrections(turn: Turn, questions: Sequence[Row[Any]], skills: dict[str, Skill]) -> list[Correction]:
    """Make the corrections of answered questions."""
    return [_correction(turn, one, skills[one.skill]) for one in questions if one.outcome]


def _correction(turn: Turn, question: Row[Any], skill: Skill) -> Correction:
    challenge = served_of(question._mapping).exercise.challenge
    return Correction(
        number=question.position,
        instruction=render_markdown(challenge.instruction),
        picture=picture_of(challenge, _drawn_url(turn, question.position)),
        media=challenge.media,
        outcome=Outcome(question.outcome),
        given=given_words(challenge, mapping.given_from_json(question.given)),
        expected=expected_words(challenge),
        explanation=render_markdown(challenge.explanation),
        tube=skill.tube,
        tube_title=skill.tube_title,
        tutorial=skill.tutorial,
    )
