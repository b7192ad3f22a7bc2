"""A search engine over the scenario's own pages: words, quotes, minus, site:, pages read and kept."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from portal.material.simulators.scenario import (
    Fact,
    Gestures,
    Name,
    Part,
    Refused,
    Scenario,
    State,
    Step,
    Words,
)

LONGEST_QUERY = 200
_SMALL = (
    "a au aux ce ces cette comment d dans de des du elle en est et il ils je l la le les ma mes mon n ne nos notre "
    "on ou par pas pour qu que quel quelle quels quelles qui s sa ses son sont sur un une vos votre y"
)
# Engines leave these out, unless they are between quotes.
_EMPTY_WORDS = frozenset(_SMALL.split())
_TERM = re.compile(r'(-?)(?:site:(\S+)|"([^"]*)"|(\S+))', re.IGNORECASE)
_QUOTES = str.maketrans({"«": '"', "»": '"', "“": '"', "”": '"', "’": "'"})


class Result(Part):
    """A page of the web. What is not told (author, date, publisher) is not shown on the page either."""

    id: Name
    address: Annotated[str, Field(pattern=r"^[a-z0-9.-]+\.example(/\S*)?$", max_length=200)]
    title: Words
    excerpt: Words
    body: Words
    author: str = ""
    date: str = ""
    publisher: str = ""
    keywords: str = ""
    advertisement: bool = False

    @property
    def host(self) -> str:
        """Give the name of the site."""
        return self.address.split("/")[0]


@dataclass(frozen=True, slots=True)
class Query:
    """What was asked: words and phrases wanted, words and phrases refused, sites wanted, sites refused."""

    wanted: tuple[tuple[str, ...], ...]
    refused: tuple[tuple[str, ...], ...]
    sites: tuple[str, ...]
    refused_sites: tuple[str, ...]

    @classmethod
    def read(cls, typed: str) -> Self:
        """Read what was typed; small words count only between quotes."""
        terms: dict[bool, list[tuple[str, ...]]] = {True: [], False: []}
        sites: dict[bool, list[str]] = {True: [], False: []}
        for minus, site, phrase, word in _TERM.findall(typed.translate(_QUOTES)):
            wanted = not minus
            if site:
                sites[wanted].append(site.lower().strip("./"))
            elif phrase:
                terms[wanted].append(tuple(_words(phrase)))
            else:
                terms[wanted] += [(one,) for one in _words(word) if minus or one not in _EMPTY_WORDS]
        return cls(
            wanted=tuple(one for one in terms[True] if one),
            refused=tuple(one for one in terms[False] if one),
            sites=tuple(one for one in sites[True] if one),
            refused_sites=tuple(one for one in sites[False] if one),
        )

    @property
    def is_empty(self) -> bool:
        """Tell whether it asks for nothing."""
        return not self.wanted and not self.sites

    def matches(self, page: Result) -> bool:
        """Tell whether a page answers; an advertisement was bought for each of the words."""
        words = _words(" ".join((page.title, page.excerpt, page.body, page.publisher, page.keywords)))
        found = [_follows(words, phrase) for phrase in self.wanted]
        if page.advertisement and found:
            found = [any(found)]
        return (
            all(found)
            and not any(_follows(words, phrase) for phrase in self.refused)
            and (not self.sites or any(_belongs(page.host, site) for site in self.sites))
            and not any(_belongs(page.host, site) for site in self.refused_sites)
        )

    def weight(self, page: Result) -> int:
        """Count the words asked for that are in the title."""
        title = _words(page.title)
        return sum(_follows(title, phrase) for phrase in self.wanted)


def _words(text: str) -> list[str]:
    """Give the words without accents, capitals or plural."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe"))
    letters = "".join(one for one in plain if not unicodedata.combining(one))
    found = re.findall(r"[a-z0-9]+", letters)
    return [one[:-1] if len(one) > 3 and one[-1] in "sx" else one for one in found]


def _follows(words: list[str], phrase: tuple[str, ...]) -> bool:
    length = len(phrase)
    return any(tuple(words[start : start + length]) == phrase for start in range(len(words) - length + 1))


def _belongs(host: str, site: str) -> bool:
    return host == site or host.endswith(f".{site}")


class Search(Scenario):
    """Search, read, keep what can be trusted.

    Facts, for each result: `<id>.trouve` (it is in the list of the last search), `<id>.ouvert`, `<id>.garde`.
    Of the whole: `requete` (the last one, as typed), `requetes` (how many), `resultats` (how many the last one
    gave, advertisements included), `ouverts` and `gardes` (how many).
    """

    simulator: Literal["search"]
    engine: Words = "Recherche"
    results: Annotated[tuple[Result, ...], Field(min_length=2, max_length=20)]

    @model_validator(mode="after")
    def _ids_differ(self) -> Self:
        for values in ([one.id for one in self.results], [one.address for one in self.results]):
            if len(set(values)) != len(values):
                raise ValueError("deux résultats ont le même id ou la même adresse")
        return self

    def begin(self) -> State:
        """Give the state a pupil starts from."""
        return {"query": "", "queries": 0, "opened": [], "kept": [], "shown": None, "note": ""}

    def found(self, query: str) -> tuple[Result, ...]:
        """Give the pages that answer: advertisements first, then by words in the title, then as in the file."""
        asked = Query.read(query)
        if asked.is_empty:
            return ()
        matching = [one for one in self.results if asked.matches(one)]
        return tuple(sorted(matching, key=lambda one: (not one.advertisement, -asked.weight(one))))

    def _search(self, state: State, step: Step) -> State:
        query = " ".join(step.told("mots").split())
        if len(query) > LONGEST_QUERY:
            raise Refused("Cette recherche est trop longue.")
        if Query.read(query).is_empty:
            raise Refused("Écrivez les mots que vous cherchez.")
        return {**state, "query": query, "queries": state["queries"] + 1, "shown": None, "note": ""}

    def _open(self, state: State, step: Step) -> State:
        page = self._within_reach(state, step)
        opened = sorted({*state["opened"], page.id})
        return {**state, "opened": opened, "shown": page.id, "note": ""}

    def _back(self, state: State, step: Step) -> State:
        return {**state, "shown": None, "note": ""}

    def _keep(self, state: State, step: Step) -> State:
        page = self._within_reach(state, step)
        if page.id in state["kept"]:
            raise Refused("Vous avez déjà gardé cette page.")
        return {**state, "kept": [*state["kept"], page.id], "note": f"Page gardée : {page.title}."}

    def _let_go(self, state: State, step: Step) -> State:
        page = self._within_reach(state, step)
        if page.id not in state["kept"]:
            raise Refused("Vous n’avez pas gardé cette page.")
        kept = [one for one in state["kept"] if one != page.id]
        return {**state, "kept": kept, "note": f"Page retirée : {page.title}."}

    gestures: ClassVar[Gestures] = {
        "chercher": _search,
        "ouvrir": _open,
        "retour": _back,
        "garder": _keep,
        "retirer": _let_go,
    }

    def _within_reach(self, state: State, step: Step) -> Result:
        wanted = step.told("page")
        for one in self.results:
            if one.id == wanted and (one in self.found(state["query"]) or one.id in state["kept"]):
                return one
        raise Refused("Cette page n’est pas dans vos résultats.")

    def facts(self, state: State) -> dict[str, Fact]:
        """Give what the rules may judge."""
        found = {one.id for one in self.found(state["query"])}
        facts: dict[str, Fact] = {
            "requete": state["query"],
            "requetes": state["queries"],
            "resultats": len(found),
            "ouverts": len(state["opened"]),
            "gardes": len(state["kept"]),
        }
        for one in self.results:
            facts |= {
                f"{one.id}.trouve": one.id in found,
                f"{one.id}.ouvert": one.id in state["opened"],
                f"{one.id}.garde": one.id in state["kept"],
            }
        return facts

    def screen(self, state: State) -> "Screen":
        """Give what the page shows."""
        by_id = {one.id: one for one in self.results}
        return Screen(
            engine=self.engine,
            query=state["query"],
            found=self.found(state["query"]),
            opened=frozenset(state["opened"]),
            kept=tuple(by_id[one] for one in state["kept"]),
            shown=by_id[state["shown"]] if state["shown"] else None,
            note=state["note"],
        )


@dataclass(frozen=True, slots=True)
class Screen:
    """What the page shows: the query, what it found or the page read, the pages kept, what just changed."""

    engine: str
    query: str
    found: tuple[Result, ...]
    opened: frozenset[str]
    kept: tuple[Result, ...]
    shown: Result | None
    note: str
