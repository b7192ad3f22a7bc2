"""What the URL of a list says: filters, order and page. The URL is the whole state."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from flask import url_for

from portal.domain.analysis import OUTSIDE_AUDIENCE, Pupil
from portal.domain.identity import normalise_name
from portal.domain.participation import Status
from portal.reading import page_number, whole_number

PER_PAGE = 50
LONGEST_SEARCH = 80

STATES: dict[str, Status | None] = {
    "pas-commence": None,
    "en-cours": Status.STARTED,
    "terminee": Status.COMPLETED,
    "envoyee": Status.SHARED,
}
STATE_WORDS: dict[Status | None, str] = {
    None: "Pas commencé",
    Status.STARTED: "En cours",
    Status.COMPLETED: "Terminée, non envoyée",
    Status.SHARED: "Envoyée",
}

Line = TypeVar("Line")


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of a list; empty text or None means everybody. `order` may begin with « - »."""

    group: str = ""
    state: str = ""
    stage: int | None = None
    search: str = ""
    order: str = "nom"
    page: int = 1

    def arguments(self) -> dict[str, Any]:
        """Give the query string of these filters, without what changes nothing."""
        given = {
            "classe": self.group,
            "etat": self.state,
            "etape": self.stage,
            "nom": self.search,
            "tri": "" if self.order == "nom" else self.order,
            "page": "" if self.page == 1 else self.page,
        }
        return {name: value for name, value in given.items() if value not in ("", None)}

    def keep(self, pupils: Sequence[Pupil]) -> list[Pupil]:
        """Keep the pupils of the class, state and name asked for."""
        wanted = [normalise_name(word) for word in self.search.split()]
        return [
            pupil
            for pupil in pupils
            if (not self.group or pupil.group == self.group)
            and (self.state not in STATES or pupil.status is STATES[self.state])
            and all(word in pupil.sort_key for word in wanted)
        ]


@dataclass(frozen=True, slots=True)
class Links:
    """The URLs of a list that keep its other filters."""

    endpoint: str
    code: str
    filters: Filters

    def for_order(self, order: str) -> str:
        """Sort otherwise, from the first page."""
        return self._url(replace(self.filters, order=order, page=1))

    def for_page(self, page: int) -> str:
        """Turn to a page."""
        return self._url(replace(self.filters, page=page))

    def for_group(self, group: str) -> str:
        """Show one class only."""
        return self._url(Filters(group=group))

    def everything(self, endpoint: str, **more: str) -> str:
        """Give the same list elsewhere, unpaged."""
        arguments = replace(self.filters, page=1).arguments() | more
        return url_for(endpoint, code=self.code, **arguments)

    def _url(self, filters: Filters) -> str:
        return url_for(self.endpoint, code=self.code, **filters.arguments())


def read_filters(arguments: Mapping[str, str], orders: Sequence[str]) -> Filters:
    """Read a query string; what makes no sense is left out."""
    order = arguments.get("tri", "")
    state = arguments.get("etat", "")
    return Filters(
        group=arguments.get("classe", "").strip(),
        state=state if state in STATES else "",
        stage=whole_number(arguments.get("etape")),
        search=arguments.get("nom", "").strip()[:LONGEST_SEARCH],
        order=order if order.removeprefix("-") in orders else "nom",
        page=page_number(arguments.get("page")),
    )


def sort_lines(lines: list[Line], order: str, keys: Mapping[str, Callable[[Line], object]]) -> list[Line]:
    """Sort by the column of `order`, names deciding between equals; lines come sorted by name.

    A key of None is what is missing: last, whichever the direction.
    """
    key = keys[order.removeprefix("-")]
    known = [line for line in lines if key(line) is not None]
    missing = [line for line in lines if key(line) is None]
    is_down = order.startswith("-")
    # `reverse` keeps the order of equals.
    return sorted(known, key=key, reverse=is_down) + missing  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a list, among how many."""

    number: int
    count: int
    first: int


def page_of(total: int, wanted: int) -> Page:
    """Find the page to show: the last one when fewer are left."""
    count = max(1, -(-total // PER_PAGE))
    number = min(wanted, count)
    return Page(number, count, (number - 1) * PER_PAGE)


def group_word(group: str) -> str:
    """Name a group of pupils."""
    return "Hors public" if group == OUTSIDE_AUDIENCE else group


def class_word(pupil: Pupil) -> str:
    """Name a pupil's class, and say when the campaign was not meant for it."""
    name = pupil.class_name or "Sans classe"
    return name if pupil.is_expected else f"{name} (hors public)"
