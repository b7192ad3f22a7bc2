"""Which campaigns the demonstration school runs, for whom, and who plays them, when and how far."""

import random
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum, auto

from portal.domain.demonstration import SEED, SimulatedPupil, class_before, lessons
from portal.domain.pathway import Pathway
from portal.domain.school import PARIS, Grade, school_year

Classes = tuple[tuple[str, Grade], ...]

_USUAL_RATE, _LEAST_RATE, _MOST_RATE = 0.8, 0.3, 0.88
_STUCK_RATE, _SENDING_RATE = 0.13, 0.7
_FIRST_DAY, _LAST_DAY_BEFORE = (9, 8), (10, 31)
# Enough lessons to speak of a year that has begun.
_FEWEST_LESSONS = 20


class Ending(Enum):
    """How a try goes."""

    STUCK = auto()
    FINISHED = auto()
    SENT = auto()


@dataclass(frozen=True, slots=True)
class PlannedCampaign:
    """A campaign for some classes; `rate` of their pupils start. `grades`: when it is for all their classes."""

    pathway: Pathway
    grades: tuple[Grade, ...]
    classes: tuple[str, ...]
    rate: float


@dataclass(frozen=True, slots=True)
class PlannedTry:
    """One pupil's try at the campaign of this rank; `share`: of the questions, answered before getting stuck."""

    at: datetime
    campaign: int
    pupil: SimulatedPupil
    ending: Ending
    share: float


@dataclass(frozen=True, slots=True)
class Calendar:
    """The lessons of last year's autumn, and of this year up to now."""

    before: Sequence[datetime]
    now: Sequence[datetime]


def calendar_of(at: datetime) -> Calendar:
    """Choose the days on which pupils play; before mid-September, « this year » is the one that just ended."""
    today, year = at.astimezone(PARIS).date(), school_year(at)
    soon = [one for one in lessons(date(year, *_FIRST_DAY), today) if one + timedelta(hours=1) < at]
    if len(soon) < _FEWEST_LESSONS:
        year -= 1
        soon = lessons(date(year, *_FIRST_DAY), date(year, 12, 18))
    before = lessons(date(year - 1, *_FIRST_DAY), date(year - 1, *_LAST_DAY_BEFORE))
    return Calendar(before, soon)


def plan_campaigns(
    pathways: Iterable[Pathway],
    expected: Mapping[str, int],
    classes: Classes,
    a_class: int,
    answers: int,
    preferred: Mapping[str, Sequence[str]] | None = None,
) -> list[PlannedCampaign]:
    """Give each pathway of our grades to some classes, so that all the tries make about `answers` answers.

    Args:
        expected: how many questions a try has, by pathway.
        a_class: pupils of a class who may play.
        preferred: by pathway, the classes to take first.
    """
    wanted = {one.id: [name for name, grade in classes if grade in one.grades] for one in pathways}
    ours = sorted((one for one in pathways if wanted[one.id]), key=lambda one: len(wanted[one.id]))
    load: Counter[str] = Counter()
    planned = []
    for rank, pathway in enumerate(ours):
        mine = answers / (len(ours) - rank)
        a_whole_class = expected[pathway.id] * a_class
        candidates = wanted[pathway.id]
        first = (preferred or {}).get(pathway.id, ())
        count = max(1, min(len(candidates), round(mine / (a_whole_class * _USUAL_RATE))))
        chosen = sorted(candidates, key=lambda name: (name not in first, load[name]))[:count]
        load.update(chosen)
        rate = min(_MOST_RATE, max(_LEAST_RATE, mine / (a_whole_class * count)))
        answers -= round(rate * a_whole_class * count)
        grades = {grade: None for name, grade in classes if name in candidates}
        planned.append(
            PlannedCampaign(
                pathway,
                tuple(grades) if len(chosen) == len(candidates) else (),
                tuple(name for name, _ in classes if name in chosen),
                rate,
            )
        )
    return planned


def origins(planned: Iterable[PlannedCampaign], classes: Classes) -> dict[str, list[str]]:
    """Tell, by pathway, from which classes of last year this year's players come."""
    return {
        one.pathway.id: [before for name in one.classes if (before := class_before(name, classes))]
        for one in planned
    }


def plan_tries(
    planned: Sequence[PlannedCampaign],
    groups: Mapping[str, Sequence[SimulatedPupil]],
    when: Sequence[datetime],
) -> list[PlannedTry]:
    """Draw who plays what, when and how far, in the order of time.

    Args:
        groups: the pupils of each class.
        when: the lessons to choose from; a class has one campaign at a time.
    """
    free: dict[str, list[datetime]] = {}
    tries = []
    for rank, campaign in enumerate(planned):
        for name in campaign.classes:
            if not free.get(name):
                free[name] = list(when)
                random.Random(f"{SEED}:{when[0]:%Y}:{name}").shuffle(free[name])
            tries += _sitting(rank, campaign, groups.get(name, ()), free[name].pop())
    return sorted(tries, key=lambda one: (one.at, one.pupil.number, one.campaign))


def _sitting(
    rank: int, campaign: PlannedCampaign, pupils: Sequence[SimulatedPupil], lesson: datetime
) -> list[PlannedTry]:
    tries = []
    for pupil in pupils:
        dice = random.Random(f"{SEED}:{lesson:%Y}:{campaign.pathway.id}:{rank}:{pupil.number}")
        if dice.random() >= campaign.rate or not pupil.comes:
            continue
        luck = dice.random()
        ending = Ending.SENT if luck < _SENDING_RATE else Ending.FINISHED
        if dice.random() < _STUCK_RATE:
            ending = Ending.STUCK
        begins = lesson + timedelta(seconds=dice.randrange(480))
        tries.append(PlannedTry(begins, rank, pupil, ending, dice.uniform(0.05, 0.6)))
    return tries
