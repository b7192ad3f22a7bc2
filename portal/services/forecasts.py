"""Keep how long each parcours takes. Source: docs/regles.md, « Longueur d’un parcours »."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete

from portal.bank.loader import Bank
from portal.domain import forecast as rules
from portal.domain.adaptive import FrozenTest
from portal.domain.forecast import Ease, Length
from portal.domain.parameters import UNKNOWN_GRADE, Prior, prior_of
from portal.domain.pathway import Category, Pathway, test_of
from portal.domain.school import Grade
from portal.persistence import mapping
from portal.persistence.models import Forecast
from portal.persistence.queries import forecasts as queries
from portal.persistence.transaction import write_tx

# Fewer say less than the simulation; more only cost time.
LEAST_TRIES, MOST_TRIES = 20, 200
# Longer on one question, the pupil was elsewhere.
LONGEST_ON_A_QUESTION = timedelta(minutes=5)

# What lets simulated pupils play: here, or in a process of its own.
Play = Callable[[FrozenTest, Sequence[Prior]], Mapping[Ease, Length]]


def refresh(
    bank: Bank, *, at: datetime, play: Play = rules.forecast, is_over: Callable[[], bool] = lambda: False
) -> int:
    """Forecast the parcours that are new, or whose questions, grades or rules have changed.

    Each is written by itself: what is interrupted, as when `is_over`, goes on from there the next time.

    Returns: how many were forecast.
    """
    known = queries.digests()
    gone = [name for name in known if name not in bank.pathways]
    if gone:
        with write_tx() as session:
            session.execute(delete(Forecast).where(Forecast.pathway.in_(gone)))
    done = 0
    for pathway in bank.pathways.values():
        if is_over():
            break
        test, priors = test_of(pathway, bank.tubes, bank.challenges), priors_of(pathway)
        digest = _digest(test, priors)
        if known.get(pathway.id) != digest:
            content = mapping.lengths_to_json(play(test, priors))
            with write_tx() as session:
                session.merge(Forecast(pathway=pathway.id, digest=digest, content=content, made_at=at))
            done += 1
    return done


@dataclass(frozen=True, slots=True)
class Measured:
    """How long a parcours took the pupils of a school, over so many tries."""

    tries: int
    length: Length


def measured(pathway: str, school_id: int) -> Measured | None:
    """Tell how long a parcours took this school's pupils; None while too few have sent it."""
    tries = queries.sent_tries(pathway, school_id, most=MOST_TRIES)
    if len(tries) < LEAST_TRIES:
        return None
    counts: dict[int, int] = dict.fromkeys(tries, 0)
    times = dict.fromkeys(tries, timedelta())
    for row in queries.answer_times(tries):
        counts[row.participation_id] += 1
        # A question is served when the one before is answered: the pause between them is counted.
        times[row.participation_id] += min(row.answered_at - row.served_at, LONGEST_ON_A_QUESTION)
    return Measured(len(tries), rules.length_of([(counts[one], times[one].total_seconds()) for one in tries]))


def priors_of(pathway: Pathway) -> list[Prior]:
    """Tell what is expected of the pupils a parcours is for, grade by grade."""
    is_adapted = pathway.category is Category.ADAPTED
    return [prior_of(Grade(grade), is_adapted=is_adapted) for grade in pathway.grades] or [UNKNOWN_GRADE]


def _digest(test: FrozenTest, priors: Sequence[Prior]) -> str:
    """Name what a forecast depends on: the words of a question are not part of it."""
    content = mapping.frozen_test_to_json(test)
    return mapping.digest(
        {"version": rules.VERSION, "test": content, "priors": [asdict(prior) for prior in priors]}
    )
