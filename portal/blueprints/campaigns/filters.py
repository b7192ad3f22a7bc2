"""What the URL of the list says: view, search, filters and page. The URL is the whole state."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from flask import url_for

from portal.domain.campaign import CampaignKind, normalise_code
from portal.domain.identity import normalise_name
from portal.domain.school import Grade
from portal.persistence.queries.campaigns import View, Wanted
from portal.reading import page_number, whole_number

PER_PAGE = 25
LONGEST_SEARCH = 80


@dataclass(frozen=True, slots=True)
class Filters:
    """The state of the list; an empty text means everything."""

    view: View = View.ALL
    search: str = ""
    owner: str = ""
    grade: str = ""
    kind: str = ""
    year: str = ""
    page: int = 1

    @property
    def is_narrowed(self) -> bool:
        """Tell whether a search or a filter hides campaigns of the view."""
        return any((self.search, self.owner, self.grade, self.kind, self.year))

    def url(self) -> str:
        """Give the URL of this state, without what changes nothing."""
        arguments: dict[str, Any] = {
            "vue": "" if self.view is View.ALL else self.view.value,
            "recherche": self.search,
            "proprietaire": self.owner,
            "niveau": self.grade,
            "type": self.kind,
            "annee": self.year,
            "page": "" if self.page == 1 else str(self.page),
        }
        return url_for("campaigns.index", **{name: value for name, value in arguments.items() if value})

    def url_for_view(self, view: View) -> str:
        """Show another view with the same filters, from its first page."""
        return replace(self, view=view, page=1).url()

    def url_for_page(self, page: int) -> str:
        """Turn to a page."""
        return replace(self, page=page).url()

    def wanted(self, *, school_id: int, member_id: int) -> Wanted:
        """Say to the database what is asked for."""
        return Wanted(
            school_id=school_id,
            member_id=member_id,
            words=tuple(filter(None, map(normalise_name, self.search.split()))),
            code=normalise_code(self.search),
            owner=uuid.UUID(self.owner) if self.owner else None,
            grade=self.grade,
            kind=self.kind,
            year=int(self.year) if self.year else None,
        )


def read_filters(arguments: Mapping[str, str]) -> Filters:
    """Read a query string; what it says wrong is as if it were not said."""
    view, owner = arguments.get("vue", ""), arguments.get("proprietaire", "")
    grade, kind = arguments.get("niveau", ""), arguments.get("type", "")
    year = whole_number(arguments.get("annee"))
    return Filters(
        view=View(view) if view in set(View) else View.ALL,
        search=" ".join(arguments.get("recherche", "")[:LONGEST_SEARCH].split()),
        owner=owner if _is_uuid(owner) else "",
        grade=grade if grade in set(Grade) else "",
        kind=kind if kind in set(CampaignKind) else "",
        year=str(year) if year else "",
        page=page_number(arguments.get("page")),
    )


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
