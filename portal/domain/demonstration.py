"""The demonstration school: its classes, its team, and pupils who answer as real ones might.

Everything is drawn from `SEED`: the same school each time.
"""

import math
import random
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from portal.domain.demonstration_words import FIRST_NAMES, LAST_NAMES, WRONG_WORDS
from portal.domain.marking import Given, Outcome, expects_several, mark
from portal.domain.parameters import RELEASED, prior_of
from portal.domain.permissions import Function, Role
from portal.domain.referential import CHOSEN, Challenge, Kind, Skill
from portal.domain.school import PARIS, Grade

SEED = "trois-phares"
SCHOOL_NAME = "Cité scolaire des Trois-Phares (démonstration)"
# No department has the number 000: no real school has this UAI.
UAI = "0000001B"
EMAIL_DOMAIN = "demonstration.example"
GROWTH_A_YEAR = 0.5

CLASSES: tuple[tuple[str, Grade], ...] = (
    *((f"6e{letter}", Grade.SIXIEME) for letter in "ABCD"),
    *((f"5e{letter}", Grade.CINQUIEME) for letter in "ABCD"),
    *((f"4e{letter}", Grade.QUATRIEME) for letter in "ABC"),
    *((f"3e{letter}", Grade.TROISIEME) for letter in "ABC"),
    *((f"2de{number}", Grade.SECONDE) for number in "123"),
    *((f"1re{number}", Grade.PREMIERE) for number in "12"),
    *((f"TG{number}", Grade.TERMINALE) for number in "12"),
    ("2PRO1", Grade.SECONDE_PRO),
    ("1PRO1", Grade.PREMIERE_PRO),
    ("TPRO1", Grade.TERMINALE_PRO),
)
_PREVIOUS_GRADE = {
    Grade.CINQUIEME: Grade.SIXIEME,
    Grade.QUATRIEME: Grade.CINQUIEME,
    Grade.TROISIEME: Grade.QUATRIEME,
    Grade.SECONDE: Grade.TROISIEME,
    Grade.PREMIERE: Grade.SECONDE,
    Grade.TERMINALE: Grade.PREMIERE,
    Grade.SECONDE_PRO: Grade.TROISIEME,
    Grade.PREMIERE_PRO: Grade.SECONDE_PRO,
    Grade.TERMINALE_PRO: Grade.PREMIERE_PRO,
}
_AGES = {Grade.SIXIEME: 11, Grade.CINQUIEME: 12, Grade.QUATRIEME: 13, Grade.TROISIEME: 14}
_AGES |= {Grade.SECONDE: 15, Grade.PREMIERE: 16, Grade.TERMINALE: 17}
_AGES |= {Grade.SECONDE_PRO: 15, Grade.PREMIERE_PRO: 16, Grade.TERMINALE_PRO: 17}

# First name, last name, role, function; the first one is the RUPN.
TEAM: tuple[tuple[str, str, Role, Function], ...] = (
    ("Maëlle", "Corvaisier", Role.ADMIN, Function.TEACHER),
    ("Karim", "Belkheir", Role.MEMBER, Function.HOMEROOM_TEACHER),
    ("Suzanne", "Poncelet", Role.MEMBER, Function.HOMEROOM_TEACHER),
    ("Moussa", "Diakité", Role.MEMBER, Function.AED),
    ("Clarisse", "Guellec", Role.MEMBER, Function.AESH),
    ("Antonin", "Lombardo", Role.MEMBER, Function.CPE),
    ("Nadia", "Rahmani", Role.MEMBER, Function.HEAD),
    ("Élise", "Tournadre", Role.MEMBER, Function.LIBRARIAN),
)

# Of the pupils: never come; already there last year.
_NEVER_COME, _WERE_THERE = 0.07, 0.65
# Of the pupils: skip nearly everything they do not know, and some of what they know.
_SKIP_MUCH = 0.04
_COMPETENCE_SPREAD, _TUBE_SPREAD, _GENERAL_SPREAD = 0.7, 0.8, 1.1
_LESSON_HOURS = (8, 9, 10, 11, 13, 14, 15)
# Month and day of the first and last day without lessons.
_HOLIDAYS = (((10, 17), (11, 2)), ((12, 19), (12, 31)), ((1, 1), (1, 4)))


@dataclass(frozen=True, slots=True)
class SimulatedPupil:
    """Somebody who answers. `general` is a level now, on the scale of abilities; the rest are probabilities."""

    number: int
    first_name: str
    last_name: str
    birth_date: date
    class_name: str
    class_before: str | None
    comes: bool
    general: float
    slip: float
    skips_unknown: float
    skips_known: float

    def owns(self, skill: Skill, *, years_ago: int = 0) -> bool:
        """Tell whether the pupil can do this, or could some years ago: nothing owned is lost."""
        competence = random.Random(f"{SEED}:{self.number}:c:{skill.competence}").gauss(0, _COMPETENCE_SPREAD)
        tube = random.Random(f"{SEED}:{self.number}:t:{skill.tube}").gauss(0, _TUBE_SPREAD)
        level = self.general + competence + tube - GROWTH_A_YEAR * years_ago
        distance = level - (skill.level - RELEASED.level_shift)
        chance = 1 / (1 + math.exp(-distance / RELEASED.slope))
        return random.Random(f"{SEED}:{self.number}:s:{skill.id}").random() < chance

    def succeeds(self, skill: Skill, dice: random.Random, *, years_ago: int = 0) -> bool | None:
        """Tell whether a question is done as it should, slips included; None when it is skipped."""
        if self.owns(skill, years_ago=years_ago):
            return None if dice.random() < self.skips_known else dice.random() >= self.slip
        return None if dice.random() < self.skips_unknown else False

    def answer(
        self, challenge: Challenge, skill: Skill, dice: random.Random, *, years_ago: int = 0
    ) -> Given | None:
        """Answer as somebody who owns the skill, or not; None: the question is skipped."""
        is_right = self.succeeds(skill, dice, years_ago=years_ago)
        if is_right is None:
            return None
        if is_right:
            return right_answer(challenge)
        if challenge.recipe is not None:
            # Nobody guesses what is drawn, and how long a wrong answer is looked for moves nothing that follows.
            return wrong_answer(challenge, random.Random(dice.random()))
        is_slip = self.owns(skill, years_ago=years_ago)
        return wrong_answer(challenge, dice) if is_slip else guess(challenge, dice)


def make_pupils(
    classes: tuple[tuple[str, Grade], ...], a_class: int, first_year: int
) -> list[SimulatedPupil]:
    """Draw the pupils of each class, in order. `first_year`: the calendar year the school year began in."""
    dice = random.Random(SEED)
    names = [(first, last) for first in FIRST_NAMES for last in LAST_NAMES]
    chosen = iter(dice.sample(names, len(classes) * a_class))
    pupils: list[SimulatedPupil] = []
    for class_name, grade in classes:
        before = class_before(class_name, classes)
        for _ in range(a_class):
            first, last = next(chosen)
            born = date(first_year - _AGES[grade], 1, 1) + timedelta(days=dice.randrange(365))
            skips_much = dice.random() < _SKIP_MUCH
            pupils.append(
                SimulatedPupil(
                    number=len(pupils) + 1,
                    first_name=first,
                    last_name=last,
                    birth_date=born,
                    class_name=class_name,
                    class_before=before if dice.random() < _WERE_THERE else None,
                    comes=dice.random() >= _NEVER_COME,
                    general=dice.gauss(prior_of(grade).mean, _GENERAL_SPREAD),
                    slip=dice.uniform(0.02, 0.12),
                    skips_unknown=0.9 if skips_much else dice.betavariate(2, 4),
                    skips_known=0.4 if skips_much else 0.03,
                )
            )
    return pupils


def class_before(class_name: str, classes: tuple[tuple[str, Grade], ...]) -> str | None:
    """Name the class that this one mostly comes from; None at the bottom of the school."""
    grade = dict(classes)[class_name]
    earlier = [name for name, other in classes if other is _PREVIOUS_GRADE.get(grade)]
    same = [name for name, other in classes if other is grade]
    return earlier[same.index(class_name) % len(earlier)] if earlier else None


def lessons(first: date, last: date) -> list[datetime]:
    """List the beginnings of lessons between two days, Paris time, without week-ends nor holidays."""
    days = [first + timedelta(days=day) for day in range((last - first).days + 1)]
    return [
        datetime.combine(day, time(hour, 5), PARIS)
        for day in days
        if day.weekday() < 5 and not any(a <= (day.month, day.day) <= b for a, b in _HOLIDAYS)
        for hour in _LESSON_HOURS
        # Wednesday afternoon is free.
        if day.weekday() != 2 or hour < 12
    ]


def seconds_on(challenge: Challenge, dice: random.Random) -> int:
    """Tell how long a question takes."""
    return max(5, min(240, round(challenge.seconds * math.exp(dice.gauss(-0.4, 0.35)))))


def right_answer(challenge: Challenge) -> Given:
    """Give what the key expects."""
    if challenge.kind in CHOSEN:
        return Given(choices=tuple(index for index, one in enumerate(challenge.proposals) if one.right))
    if challenge.kind is Kind.ORDERING:
        return Given(choices=tuple(range(len(challenge.proposals))))
    if challenge.kind is Kind.INTERCHANGEABLE_FIELDS:
        return Given(texts=tuple(group[0] for group in challenge.groups[: len(challenge.entries)]))
    return Given(texts=tuple(entry.solutions[0] for entry in challenge.entries))


def guess(challenge: Challenge, dice: random.Random) -> Given:
    """Answer without knowing, now and then rightly."""
    places = range(len(challenge.proposals))
    if challenge.kind is Kind.ORDERING:
        return Given(choices=tuple(dice.sample(places, len(places))))
    if challenge.kind in CHOSEN:
        size = dice.randint(2, max(2, len(places) - 1)) if expects_several(challenge) else 1
        return Given(choices=tuple(sorted(dice.sample(places, size))))
    return Given(
        texts=tuple(
            dice.choice(entry.options)
            if entry.options
            else str(dice.randint(1, 60))
            if entry.is_number
            else dice.choice(WRONG_WORDS)
            for entry in challenge.entries
        )
    )


def wrong_answer(challenge: Challenge, dice: random.Random) -> Given | None:
    """Give an answer that is not right; None if none is found, which is a skip."""
    for _ in range(30):
        given = guess(challenge, dice)
        if mark(challenge, given) is not Outcome.OK:
            return given
    return None
