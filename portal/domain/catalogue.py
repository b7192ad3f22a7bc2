"""The catalogue: what each parcours holds, and whether it is one that is looked for."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from portal.domain.forecast import Length
from portal.domain.identity import normalise_name
from portal.domain.pathway import Pathway, skills_of
from portal.domain.referential import Referential, Tube


class Periods(StrEnum):
    """How many lessons a parcours takes the usual pupils of its grades."""

    ONE = "une"
    TWO = "deux"


@dataclass(frozen=True, slots=True)
class Summary:
    """What a parcours holds. `topics` counts its subjects by theme; `text` is what a search reads."""

    pathway: Pathway
    skills: int
    competences: tuple[str, ...]
    areas: frozenset[str]
    topics: Mapping[str, int]
    text: str

    @property
    def subjects(self) -> int:
        """Count the subjects."""
        return len(self.pathway.tubes)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; an empty text means everything. `words` are normalised, all must be found."""

    words: tuple[str, ...] = ()
    grade: str = ""
    area: str = ""
    competence: str = ""
    topic: str = ""
    periods: Periods | None = None


def summarise(pathway: Pathway, tubes: Mapping[str, Tube], referential: Referential) -> Summary:
    """Sum up a parcours.

    Raises: KeyError if it names a subject that the bank does not hold.
    """
    held = [tubes[name] for name, _ in pathway.tubes]
    mine = {tube.competence for tube in held}
    competences = [one for one in referential.competences() if one.id in mine]
    topics = Counter(topic for tube in held for topic in tube.topics)
    texts = [pathway.title, pathway.description, *pathway.learned]
    texts += [text for tube in held for text in (tube.title, tube.description)]
    texts += [one.title for one in competences] + [
        topic.title for topic in referential.topics if topic.id in topics
    ]
    return Summary(
        pathway=pathway,
        skills=len(skills_of(pathway, tubes)),
        competences=tuple(one.id for one in competences),
        areas=frozenset(one.area for one in competences),
        topics=topics,
        text=" ".join(normalise_name(word) for text in texts for word in text.split()),
    )


def matches(summary: Summary, wanted: Wanted, length: Length | None) -> bool:
    """Tell whether a parcours is looked for.

    Args:
        length: how long it takes the usual pupils; None, unknown, is of no duration.
    """
    grades = summary.pathway.grades
    return all(
        (
            all(word in summary.text for word in wanted.words),
            not wanted.grade or not grades or wanted.grade in grades,
            not wanted.area or wanted.area in summary.areas,
            not wanted.competence or wanted.competence in summary.competences,
            not wanted.topic or wanted.topic in summary.topics,
            wanted.periods is None or wanted.periods is periods_of(length),
        )
    )


def periods_of(length: Length | None) -> Periods | None:
    """Tell how many lessons a length takes, or None if nothing is known of it."""
    if length is None:
        return None
    return Periods.ONE if length.is_one_period else Periods.TWO
