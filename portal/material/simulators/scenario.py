"""What every simulator shares: a scenario file, its state, the steps a pupil takes, the rules that judge.

A scenario is data: an author writes a new one without code. Each simulator is a class of scenarios that says how a
state begins, what a step does to it, what facts it holds and what it looks like. A state is plain JSON, kept by the
server; it holds nothing that can be run.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, ClassVar, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from portal.material.pictures.library import compose

# What a state and a fact are made of.
State = dict[str, Any]
# By name: given the scenario, a state and a step, the state after it; Refused when it cannot be.
Gestures = Mapping[str, Callable[[Any, "State", "Step"], "State"]]
Fact = str | int | bool | tuple[str, ...]
Name = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Words = Annotated[str, Field(min_length=1, max_length=2000)]
LONGEST_VALUE = 2000
MOST_STEPS = 400
UNKNOWN_GESTURE = "Ce geste n’existe pas ici."


class Part(BaseModel):
    """A piece of a scenario: frozen, and closed to keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Refused(Exception):
    """A step that cannot be taken here; `args[0]` is a French sentence for the pupil."""


class Step(Part):
    """One gesture: what is done, and to what. `{do: ranger, message: colis, dossier: indesirables}`."""

    model_config = ConfigDict(extra="allow", frozen=True)

    do: Name

    def told(self, name: str) -> str:
        """Give an argument.

        Raises: Refused if it is missing.
        """
        value = (self.model_extra or {}).get(name)
        if not isinstance(value, str):
            raise Refused("Choisissez d’abord sur quoi agir.")
        return value


class Rule(Part):
    """A condition on one fact of the state, with exactly one comparison."""

    fact: str
    equals: Fact | None = None
    differs: Fact | None = None
    among: tuple[Fact, ...] | None = None
    contains: str | None = None
    lacks: str | None = None
    at_least: int | None = None
    at_most: int | None = None

    @model_validator(mode="after")
    def _one_comparison(self) -> Self:
        if len(self.model_fields_set - {"fact"}) != 1:
            raise ValueError(
                "une règle a un fait et une seule comparaison "
                "(equals, differs, among, contains, lacks, at_least ou at_most)"
            )
        return self

    def holds(self, facts: Mapping[str, Fact]) -> bool:
        """Tell whether the state satisfies it; an absent fact satisfies `differs` and `lacks` only."""
        value = facts.get(self.fact)
        if self.differs is not None:
            return value != self.differs
        if self.lacks is not None:
            return not _holds(value, self.lacks)
        if value is None:
            return False
        if self.equals is not None:
            return value == self.equals
        if self.among is not None:
            return value in self.among
        if self.contains is not None:
            return _holds(value, self.contains)
        if not isinstance(value, int):
            return False
        return value >= self.at_least if self.at_least is not None else value <= (self.at_most or 0)


def _holds(value: Fact | None, part: str) -> bool:
    if isinstance(value, str):
        return part.casefold() in value.casefold()
    return isinstance(value, tuple) and part in value


# One at least: who did nothing has not answered.
Steps = Annotated[tuple[Step, ...], Field(min_length=1)]


class Standing(StrEnum):
    """Where a state stands."""

    UNDER_WAY = "under_way"
    DONE = "done"
    SPOILT = "spoilt"


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a scenario, and in which part of it."""

    part: str
    reason: str


class Scenario(Part):
    """A scenario of any simulator.

    Attributes:
        instruction: what the pupil is asked.
        picture: the parts of a picture shown above; alternative: what is said of it, if not what its parts say.
        draw: lists of equal length; each pupil gets one place of them all, for `{name}` in the texts.
        success: what must hold when the pupil hands in, all of it.
        failure: what must never hold, any of it: a gesture that cannot be taken back.
        solution: steps that succeed; mistakes: lists of steps after which handing in fails.
    """

    id: Name
    simulator: str
    title: Words
    instruction: Words
    draw: dict[Name, tuple[str, ...]] = {}
    picture: tuple[dict[str, Any], ...] = ()
    alternative: Words | None = None
    success: Annotated[tuple[Rule, ...], Field(min_length=1)]
    failure: tuple[Rule, ...] = ()
    solution: Steps
    mistakes: Annotated[tuple[Steps, ...], Field(min_length=1)]

    # What `do` may be, and the method that gives the state after it, leaving the one it is given as it is.
    gestures: ClassVar[Gestures] = {}

    @abstractmethod
    def begin(self) -> State:
        """Give the state a pupil starts from."""

    @abstractmethod
    def facts(self, state: State) -> dict[str, Fact]:
        """Give what the rules may judge."""

    @abstractmethod
    def screen(self, state: State) -> object:
        """Give what the page of this simulator shows."""


def read_step(fields: Mapping[str, object]) -> Step:
    """Read a step from what a form sends.

    Raises: Refused if `do` is missing or is not a name.
    """
    try:
        return Step.model_validate(fields)
    except ValidationError as error:
        raise Refused(UNKNOWN_GESTURE) from error


def take(scenario: Scenario, state: State, step: Step) -> State:
    """Take a step, whatever it is: what is unknown, too long or too much is refused.

    Raises: Refused.
    """
    if step.do not in scenario.gestures:
        raise Refused(UNKNOWN_GESTURE)
    values = (step.model_extra or {}).values()
    if any(not isinstance(value, str) or len(value) > LONGEST_VALUE for value in values):
        raise Refused("Ce texte est trop long.")
    count = int(state.get("steps", 0)) + 1
    if count > MOST_STEPS:
        raise Refused("Vous avez fait beaucoup de gestes. Recommencez ou validez votre réponse.")
    return {**scenario.gestures[step.do](scenario, state, step), "steps": count}


def judge(scenario: Scenario, state: State) -> Standing:
    """Judge a state."""
    facts = scenario.facts(state)
    if any(rule.holds(facts) for rule in scenario.failure):
        return Standing.SPOILT
    return Standing.DONE if all(rule.holds(facts) for rule in scenario.success) else Standing.UNDER_WAY


def played(scenario: Scenario, steps: Sequence[Step]) -> State:
    """Play steps from the start.

    Raises: Refused.
    """
    state = scenario.begin()
    for step in steps:
        state = take(scenario, state, step)
    return state


def _picture_faults(scenario: Scenario) -> Iterator[Fault]:
    if not scenario.picture:
        return
    try:
        compose(scenario.picture)
    except ValidationError as error:
        for one in error.errors():
            yield Fault("picture", f"{' > '.join(str(step) for step in one['loc'])} : {one['msg']}")


def faults_of(scenario: Scenario) -> list[Fault]:
    """Play a scenario as its author says it goes, and tell what does not hold."""
    start = scenario.begin()
    found = list(_picture_faults(scenario))
    if judge(scenario, start) is not Standing.UNDER_WAY:
        found.append(Fault("success", "tout est déjà fait, ou manqué, au départ"))
    ends = []
    for part, steps, wanted in (
        ("solution", scenario.solution, True),
        *((f"mistakes[{number}]", steps, False) for number, steps in enumerate(scenario.mistakes)),
    ):
        try:
            end = played(scenario, steps)
        except Refused as refusal:
            found.append(Fault(part, f"un geste est refusé : {refusal}"))
            continue
        ends.append(scenario.facts(end))
        if (judge(scenario, end) is Standing.DONE) is not wanted:
            found.append(Fault(part, "ces gestes ne réussissent pas" if wanted else "ces gestes réussissent"))
    known = set(scenario.facts(start)).union(*ends)
    found += [
        Fault("règles", f"le fait « {rule.fact} » n’existe pas")
        for rule in (*scenario.success, *scenario.failure)
        if rule.fact not in known
    ]
    return found
