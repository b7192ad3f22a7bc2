"""What the page of the file explorer shows."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

from portal.material.simulators.files import (
    BIN,
    Items,
    day_words,
    in_bin,
    ordered,
    root_of,
    size_words,
    trail,
    within,
)
from portal.material.simulators.scenario import State


@dataclass(frozen=True, slots=True)
class Branch:
    """A root or a folder of the tree, with the folders seen under it."""

    id: str
    name: str
    is_open: bool
    inside: tuple["Branch", ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A folder or a file of the list, as its line shows it."""

    id: str
    name: str
    is_folder: bool
    date: str
    size: str
    place: str


@dataclass(frozen=True, slots=True)
class Screen:
    """What the page shows: the tree, the open place with its rows, or a file opened; what was just done."""

    tree: tuple[Branch, ...]
    trail: tuple[str, ...]
    place: str
    thrown: int
    rows: tuple[Row, ...]
    by: str
    reverse: bool
    extensions: bool
    held: str
    closed: bool
    file: Row | None
    text: str
    note: str


def look(state: State, roots: Mapping[str, str], closed: Container[str], texts: Mapping[str, str]) -> Screen:
    """Give the page of a state.

    Args:
        state: as the pupil left it.
        roots: the names of the roots by id.
        closed: the roots where nothing may change.
        texts: what each file says when it is opened, by id.
    """
    items, shown = state["items"], state["shown"]
    place, (by, reverse) = shown["place"], state["sort"]
    held = state["held"][1] if state["held"] else ""
    opened = items.get(shown["file"] or "")
    return Screen(
        tree=tuple(_branch(items, one, place, roots) for one in roots),
        trail=("Corbeille",) if place == BIN else tuple(trail(items, roots, place)),
        place=place,
        thrown=sum(one["bin"] for one in items.values()),
        rows=tuple(_row(state, roots, name, one) for name, one in ordered(items, place, by, reverse)),
        by=by,
        reverse=reverse,
        extensions=state["extensions"],
        held=items[held]["name"] if held in items and not in_bin(items, held) else "",
        closed=root_of(items, place) in closed,
        file=_row(state, roots, shown["file"], opened) if opened else None,
        text=texts[opened["of"]] if opened else "",
        note=shown["note"],
    )


def _row(state: State, roots: Mapping[str, str], name: str, item: dict[str, Any]) -> Row:
    title, dot, _ = item["name"].rpartition(".")
    return Row(
        id=name,
        name=title if item["size"] and dot and not state["extensions"] else item["name"],
        is_folder=not item["size"],
        date=day_words(item["date"]),
        size=size_words(item["size"]),
        place=" / ".join(trail(state["items"], roots, item["in"])),
    )


def _branch(items: Items, name: str, place: str, roots: Mapping[str, str]) -> Branch:
    is_open = within(items, place, name) or root_of(items, place) == name
    folders = [one for one, item in ordered(items, name, "nom", reverse=False) if not item["size"]]
    inside = tuple(_branch(items, one, place, roots) for one in folders) if is_open else ()
    return Branch(name, roots.get(name) or items[name]["name"], is_open, inside)
