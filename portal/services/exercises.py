"""A question as this pupil meets it: his or her own file and numbers, and the simulator as it was left."""

import logging
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from portal.domain.exercises import Drawn, filled
from portal.domain.marking import EmptyAnswer, Given, Outcome, mark
from portal.domain.referential import Challenge, Kind, Media
from portal.material.library import recipe_of
from portal.material.pictures.library import Composed, compose, compose_narrow
from portal.material.recipe import Made, MadeFile, dice_of
from portal.material.simulators.library import scenario_of
from portal.material.simulators.scenario import Scenario, Standing, State, judge
from portal.services import freezing
from portal.turnstile import aside

_LOG = logging.getLogger(__name__)
Work = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Exercise:
    """A question made for one pupil. `state`: where the simulator was left."""

    challenge: Challenge
    has_file: bool = False
    scenario: Scenario | None = None
    state: State | None = None

    def mark(self, given: Given) -> Outcome:
        """Correct an answer; that of a simulator is where it was left.

        Raises: what `marking.mark` raises.
        """
        if self.scenario is None:
            return mark(self.challenge, given)
        if not (self.state or {}).get("steps"):
            raise EmptyAnswer
        is_done = judge(self.scenario, self.state or {}) is Standing.DONE
        return Outcome.OK if is_done else Outcome.KO


def begun(challenge: Challenge, question: uuid.UUID) -> Work | None:
    """Draw what a pupil gets with a question, to be kept with it; None when everybody gets the same."""
    if challenge.recipe is None:
        return None
    # A heavy file is drawn while another pupil's answer is worked out.
    with aside():
        made = made_for(challenge, question)
    return {"values": dict(made.values), "answers": dict(made.answers), "wrong": dict(made.wrong)}


def made_for(challenge: Challenge, question: uuid.UUID) -> Made:
    """Make what a question gives one pupil."""
    return recipe_of(challenge.recipe or {}).make(dice_of(question.hex))


def exercise_of(challenge: str, version: str, question: uuid.UUID, work: Work | None) -> Exercise:
    """Give a question as it was served; `work` is what was kept with it."""
    return _for_everybody(challenge, version) or exercise_from(
        freezing.challenge(challenge, version), question, work
    )


@lru_cache(maxsize=4096)
def _for_everybody(challenge: str, version: str) -> Exercise | None:
    """Give a question that is the same for every pupil; None when each has his or her own."""
    frozen = freezing.challenge(challenge, version)
    is_own = frozen.recipe is not None or frozen.scenario is not None
    return None if is_own else Exercise(_placed(frozen))


def exercise_from(challenge: Challenge, question: uuid.UUID, work: Work | None) -> Exercise:
    """Give a question as one pupil meets it."""
    if challenge.recipe is not None and work:
        answers, wrong = (
            {name: tuple(texts) for name, texts in work[key].items()} for key in ("answers", "wrong")
        )
        own = filled(challenge, Drawn(work["values"], answers, wrong))
        return Exercise(_placed(own), has_file=True)
    if challenge.scenario is not None:
        scenario = _scenario(challenge, question)
        told = replace(challenge, instruction=scenario.instruction, media=_media(challenge, scenario))
        return Exercise(told, scenario=scenario, state=(work or {}).get("state") or scenario.begin())
    return Exercise(_placed(challenge))


def picture_of(challenge: Challenge, *, is_narrow: bool = False) -> Composed | None:
    """Draw the picture of a question as one pupil meets it.

    Args:
        is_narrow: for a small screen; places to find are so on any screen, drawn once where they are.
    Returns: None if it has none, has a file, or was stored with names that are drawn no more.
    """
    if challenge.media is None or not challenge.media.parts:
        return None
    try:
        if is_narrow or challenge.kind is Kind.HOTSPOT:
            return compose_narrow(challenge.media.parts)
        return compose(challenge.media.parts, is_strict=False)
    except ValueError:
        # Its words stay, and say the same: an answer already given must still be shown.
        _LOG.exception("the picture of %s is not drawn any more", challenge.id)
        return None


def _placed(challenge: Challenge) -> Challenge:
    """Give the places of a composed picture where they are drawn today.

    Without one of them, none is given, nor a size: all are then read and chosen by their words.
    """
    names = [one.part or "" for one in challenge.proposals]
    if not any(names):
        return challenge
    picture = picture_of(challenge)
    if picture is None or not picture.zones.keys() >= set(names):
        _LOG.error("places of %s are not drawn any more: %s", challenge.id, ", ".join(names))
        return challenge
    proposals = tuple(replace(one, zone=picture.zones[one.part or ""]) for one in challenge.proposals)
    return replace(challenge, proposals=proposals, size=picture.size)


def _media(challenge: Challenge, scenario: Scenario) -> Media | None:
    """Give the picture of a scenario as it is drawn for this pupil, or that of the question."""
    if not scenario.picture:
        return challenge.media
    alternative = scenario.alternative or compose(scenario.picture, is_strict=False).alternative
    return Media("", alternative, scenario.picture)


@dataclass(frozen=True, slots=True)
class Simulation:
    """A simulator as it is shown: its name, its title, what its template reads."""

    kind: str
    title: str
    screen: object
    action: str
    error: str | None


def _scenario(challenge: Challenge, question: uuid.UUID) -> Scenario:
    return scenario_of(challenge.scenario or {}, dice_of(question.hex))


@lru_cache(maxsize=64)
def file_of(challenge: str, version: str, question: uuid.UUID) -> MadeFile:
    """Make a pupil's file: always the same for the same question."""
    return made_for(freezing.challenge(challenge, version), question).file
