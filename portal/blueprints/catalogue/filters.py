"""What the URL of the catalogue says: search and filters. The URL is the whole state."""

from collections.abc import Mapping
from dataclasses import dataclass

from portal.domain.catalogue import Periods, Wanted
from portal.domain.identity import normalise_name
from portal.domain.referential import Referential
from portal.domain.school import Grade

LONGEST_SEARCH = 80


@dataclass(frozen=True, slots=True)
class Filters:
    """The state of the catalogue; an empty text means everything."""

    search: str = ""
    grade: str = ""
    area: str = ""
    competence: str = ""
    topic: str = ""
    periods: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Tell whether a search or a filter hides parcours."""
        return any((self.search, self.grade, self.area, self.competence, self.topic, self.periods))

    def wanted(self) -> Wanted:
        """Say what is looked for."""
        return Wanted(
            words=tuple(filter(None, map(normalise_name, self.search.split()))),
            grade=self.grade,
            area=self.area,
            competence=self.competence,
            topic=self.topic,
            periods=Periods(self.periods) if self.periods else None,
        )


def read_filters(arguments: Mapping[str, str], referential: Referential) -> Filters:
    """Read a query string; what it says wrong is as if it were not said."""

    def one_of(name: str, known: set[str]) -> str:
        value = arguments.get(name, "")
        return value if value in known else ""

    return Filters(
        search=" ".join(arguments.get("recherche", "")[:LONGEST_SEARCH].split()),
        grade=one_of("niveau", {*Grade}),
        area=one_of("domaine", {area.id for area in referential.areas}),
        competence=one_of("competence", {one.id for one in referential.competences()}),
        topic=one_of("theme", {topic.id for topic in referential.topics}),
        periods=one_of("duree", {*Periods}),
    )
