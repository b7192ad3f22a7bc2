"""The lines of the two lists: what the screen and the file say of each pupil."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from portal.blueprints.results.filters import STATE_WORDS, class_word
from portal.domain.analysis import Pupil, Result, Try, natural_order
from portal.domain.mastery import Stage, whole_percent
from portal.domain.participation import Status
from portal.services.exports import Cell, moment

_ORDER_OF_STATES = list(STATE_WORDS)


@dataclass(frozen=True, slots=True)
class State:
    """A state in a shape (see macros/states.html) and a word."""

    kind: str
    word: str


@dataclass(frozen=True, slots=True)
class ActivityLine:
    """A pupil in the list of activity. `progress` is a ratio."""

    name: str
    class_name: str
    state: State
    progress: float | None
    last_answer_at: datetime | None
    public_id: UUID | None
    pupil: Pupil


@dataclass(frozen=True, slots=True)
class ResultLine:
    """A pupil in the list of results."""

    name: str
    class_name: str
    result: Result
    stage: str
    change: str
    pupil: Pupil


def full_name(pupil: Pupil) -> str:
    """Name a pupil as lists sort them."""
    return f"{pupil.last_name} {pupil.first_name}"


def state_of(attempt: Try | None) -> State:
    """Say where a try stands; one that the archiving cut short is not « en cours »."""
    if attempt is None:
        return State("not_started", STATE_WORDS[None])
    if attempt.status is Status.STARTED and attempt.closed_at is not None:
        return State("archived", "Interrompue par l’archivage")
    return State(attempt.status.value, STATE_WORDS[attempt.status])


def activity_line(pupil: Pupil) -> ActivityLine:
    """Say where a pupil stands."""
    latest = pupil.latest
    return ActivityLine(
        name=full_name(pupil),
        class_name=class_word(pupil),
        state=state_of(latest),
        progress=latest.progress if latest else None,
        last_answer_at=latest.last_answer_at if latest else None,
        public_id=latest.public_id if latest else None,
        pupil=pupil,
    )


ACTIVITY_ORDERS: dict[str, Callable[[ActivityLine], object]] = {
    "nom": lambda line: line.pupil.sort_key,
    "classe": lambda line: natural_order(line.class_name),
    "etat": lambda line: _ORDER_OF_STATES.index(line.pupil.status),
    "progression": lambda line: line.progress,
    "reponse": lambda line: line.last_answer_at,
}

ACTIVITY_HEADER: list[Cell] = ["Nom", "Prénom", "Classe", "État", "% de progression", "Dernière réponse"]


def activity_cells(line: ActivityLine) -> list[Cell]:
    """Write a line for the file."""
    return [
        line.pupil.last_name,
        line.pupil.first_name,
        line.class_name,
        line.state.word,
        "" if line.progress is None else whole_percent(line.progress),
        moment(line.last_answer_at),
    ]


def result_line(pupil: Pupil, result: Result, stages: Sequence[Stage]) -> ResultLine:
    """Say what a pupil's result is."""
    return ResultLine(
        name=full_name(pupil),
        class_name=class_word(pupil),
        result=result,
        stage="" if result.stage is None else stages[result.stage].title,
        change=_change_word(result.change),
        pupil=pupil,
    )


def _change_word(change: int | None) -> str:
    if change is None:
        return "–"
    sign = "−" if change < 0 else "+" if change else ""
    return f"{sign}{abs(change)}\u00a0point{'s' if abs(change) > 1 else ''}"


RESULT_ORDERS: dict[str, Callable[[ResultLine], object]] = {
    "nom": lambda line: line.pupil.sort_key,
    "classe": lambda line: natural_order(line.class_name),
    "resultat": lambda line: line.result.tally.acquired,
}
