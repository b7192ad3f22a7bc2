"""What the URL of the list says: filters, order and page. The URL is the whole state."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for
from werkzeug.datastructures import MultiDict

from portal.domain.analysis import natural_order
from portal.domain.identity import normalise_name
from portal.persistence.queries.students import NO_CLASS
from portal.reading import page_number

PER_PAGE = 50
LONGEST_SEARCH = 80
ORDERS = ("nom", "classe", "participation")
NO_CLASS_VALUE = "sans-classe"


@dataclass(frozen=True, slots=True)
class Option:
    """A class that the list can be narrowed to."""

    id: int
    value: str
    word: str


@dataclass(frozen=True, slots=True)
class Filters:
    """The filters of the list. `order` may begin with « - »."""

    classes: tuple[str, ...] = ()
    search: str = ""
    with_disabled: bool = False
    linked_today: bool = False
    order: str = "nom"
    page: int = 1

    @property
    def words(self) -> tuple[str, ...]:
        """Give the words of the search as names are compared."""
        return tuple(filter(None, (normalise_name(word) for word in self.search.split())))

    def ids(self, options: Sequence[Option]) -> tuple[int, ...]:
        """Give the ids of the chosen classes."""
        return tuple(option.id for option in options if option.value in self.classes)

    def url(self, **changes: Any) -> str:
        """Give the URL of the list with these filters, some changed; what changes nothing is left out."""
        wanted = replace(self, **changes)
        given: dict[str, Any] = {
            "classe": list(wanted.classes),
            "nom": wanted.search,
            "anciens": "oui" if wanted.with_disabled else "",
            "rattaches": "jour" if wanted.linked_today else "",
            "tri": "" if wanted.order == "nom" else wanted.order,
            "page": "" if wanted.page == 1 else wanted.page,
        }
        return url_for("students.index", **{name: value for name, value in given.items() if value})

    def for_order(self, order: str) -> str:
        """Sort otherwise, from the first page."""
        return self.url(order=order, page=1)

    def for_page(self, page: int) -> str:
        """Turn to a page."""
        return self.url(page=page)


def read_filters(arguments: MultiDict[str, str]) -> Filters:
    """Read a query string; what makes no sense is left out."""
    order = arguments.get("tri", "")
    return Filters(
        classes=tuple(dict.fromkeys(filter(None, arguments.getlist("classe")))),
        search=arguments.get("nom", "").strip()[:LONGEST_SEARCH],
        with_disabled=arguments.get("anciens") == "oui",
        linked_today=arguments.get("rattaches") == "jour",
        order=order if order.removeprefix("-") in ORDERS else "nom",
        page=page_number(arguments.get("page")),
    )


def ordered(classes: Sequence[Any]) -> list[Any]:
    """Sort classes as a school reads them: 2de 9 before 2de 10."""
    return sorted(classes, key=lambda one: natural_order(one.name))


def options_of(classes: Sequence[Any], *, with_none: bool) -> list[Option]:
    """List the classes that have pupils, in order, then « Sans classe » when some pupils have none."""
    options = [Option(one.id, one.name, one.name) for one in classes if one.pupils]
    return options + ([Option(NO_CLASS, NO_CLASS_VALUE, "Sans classe")] if with_none else [])
