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
from portal.blueprints.player import tokens
from portal.domain.exercises import seconds_allowed
from portal.domain.marking import Given, Outcome, expects_several
from portal.domain.referential import CHOSEN, Challenge, Kind, Skill
from portal.domain.report import Problem
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


@dataclass(frozen=True, slots=True)
class ReportForm:
    """Where a pupil tells a problem with a question; `name` sets it apart on a page that has several."""

    name: str
    url: str
    problem: str = ""
    comment: str = ""
    error: str = ""
    message: str = ""
    problems: tuple[Problem, ...] = tuple(Problem)

    @property
    def is_sent(self) -> bool:
        """Tell whether it was just sent."""
        return bool(self.message)

    def sent(self, message: str) -> "ReportForm":
        """Empty the form, and say that it is sent."""
        return replace(self, message=message)

    def refused(self, error: str, problem: str, comment: str) -> "ReportForm":
        """Keep what was typed, and say what to do."""
        return replace(self, error=error, problem=problem, comment=comment)


def report_form(public_id: uuid.UUID, question: uuid.UUID) -> ReportForm:
    """Make the empty form of a question of a try."""
    return ReportForm(question.hex[:8], url_for("player.report", public_id=public_id))


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
    token: str
    report: ReportForm


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


def _picture(challenge: Challenge) -> str | None:
    return asset(f"medias/{challenge.media.file}") if challenge.media else None


def card(
    turn: Turn, question: Served, typed: Given | None, *, progress: float | None, refused: str | None = None
) -> Card:
    """Make the card of a question of this try; `refused`: what the simulator answers to the last gesture."""
    exercise = question.exercise
    challenge = exercise.challenge
    done = turn.row.progress if progress is None else progress
    return Card(
        number=question.position,
        percent=min(99, round(done * 100)),
        challenge=challenge,
        instruction=render_markdown(challenge.instruction),
        picture=_picture(challenge),
        is_choice=challenge.kind in CHOSEN,
        is_multiple=expects_several(challenge),
        order=_order(challenge, question.public_id),
        options=_options(challenge, question.public_id),
        typed=typed or Given(),
        resumed=resumed_words(turn, clock.now()) if question.position == 1 else "",
        has_file=exercise.has_file,
        simulator=simulation(turn, exercise, refused),
        clock=_clock(turn, question, challenge),
    )


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


def _given_words(challenge: Challenge, given: Given) -> tuple[str, ...]:
    if challenge.kind in CHOSEN:
        return tuple(challenge.proposals[index].text for index in given.choices)
    if challenge.kind is Kind.ORDERING:
        return tuple(challenge.proposals[given.choices.index(place)].text for place in sorted(given.choices))
    return tuple(
        f"{entry.label}\u00a0: {text}" if len(challenge.entries) > 1 else text
        for entry, text in zip(challenge.entries, given.texts, strict=False)
    )


def _expected_words(challenge: Challenge) -> tuple[str, ...]:
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
    return [_correction(turn, question, skills[question.skill]) for question in questions if question.outcome]


def _correction(turn: Turn, question: Row[Any], skill: Skill) -> Correction:
    public_id = turn.row.public_id
    challenge = served_of(question._mapping).exercise.challenge
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
        token=tokens.sign_question(tokens.QuestionToken(turn.row.learner_id, public_id, question.public_id)),
        report=report_form(public_id, question.public_id),
    )
