"""Folders and files of the explorer as its state keeps them: by id, each with its name and the place it is in."""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field

from portal.material.simulators.scenario import Name, Part, Refused, Words

# By id: name, in, date, size (0 for a folder), bin, of (the id written by the author, "" for a folder created).
Items = Mapping[str, dict[str, Any]]
BIN = "corbeille"
MOST_ITEMS = 80
LONGEST_NAME = 80
FORBIDDEN = '/\\:*?"<>|'
_MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
# YAML reads a bare date as one; `2026-03-12` or `2026-03-12 14:30`.
Day = Annotated[
    str,
    BeforeValidator(str),
    Field(pattern=r"^\d{4}-\d\d-\d\d( \d\d:\d\d)?$"),
    AfterValidator(lambda day: datetime.fromisoformat(day) and day),
]
_KEYS: Mapping[str, Callable[[dict[str, Any]], Any]] = {
    "nom": lambda one: one["name"].casefold(),
    "date": lambda one: one["date"],
    "taille": lambda one: one["size"],
}


class Root(Part):
    """Where files are: the pupil's own documents, a stick, the folder of the class."""

    id: Name
    name: Words
    read_only: bool = False


class Placed(Part):
    """A folder or a file; `inside` is the id of a root or of a folder written above."""

    id: Name
    name: Words
    inside: Name
    date: Day = "2026-01-12"


class Folder(Placed):
    """A folder; it holds what names it in `inside`."""


class File(Placed):
    """A file with its extension; `text` is what one sees when it is opened, `size` is in kilobytes."""

    name: Annotated[str, Field(pattern=r"^[^/\\:*?\"<>|]+\.[a-z0-9]{1,5}$", max_length=80)]
    size: Annotated[int, Field(ge=1)]
    text: Words = "Aperçu indisponible."
    in_bin: bool = False


def entry(one: Placed) -> dict[str, Any]:
    """Give what the state keeps of a folder or a file written by the author."""
    size, thrown = (one.size, one.in_bin) if isinstance(one, File) else (0, False)
    return {"name": one.name, "in": one.inside, "date": one.date, "size": size, "bin": thrown, "of": one.id}


def in_bin(items: Items, name: str) -> bool:
    """Tell whether an item, or a folder it is in, is in the bin."""
    return any(items[one]["bin"] for one in _lineage(items, name))


def within(items: Items, place: str, name: str) -> bool:
    """Tell whether a place is an item, or inside it."""
    return name in _lineage(items, place)


def children(items: Items, place: str) -> list[tuple[str, dict[str, Any]]]:
    """Give what is directly in a place and not in the bin."""
    return [(name, one) for name, one in items.items() if one["in"] == place and not one["bin"]]


def under(items: Items, place: str) -> Iterator[str]:
    """Give the ids of all that a folder holds, folders before what is in them, the bin left out."""
    for name, _ in children(items, place):
        yield name
        yield from under(items, name)


def copied(items: Items, made: int, name: str, place: str) -> tuple[dict[str, dict[str, Any]], int, str]:
    """Copy an item and all it holds into a place, under a free name.

    Args:
        items: everything before.
        made: how many items the pupil has made before; each gives the id of the next, `_1`, `_2`…
        name: the id of what is copied.
        place: where the copy goes.

    Returns: everything after, how many items are made now, the name of the copy.
    """
    taken = {one["name"].casefold() for _, one in children(items, place)}
    title = items[name]["name"]
    while title.casefold() in taken:
        title = re.sub(r"(\.[a-z0-9]{1,5})?$", r" - copie\1", title, count=1)
    after, copies = dict(items), {}
    for old in (name, *under(items, name)):
        made += 1
        copies[old] = f"_{made}"
        changes = {"in": place, "name": title} if old == name else {"in": copies[items[old]["in"]]}
        after[copies[old]] = {**items[old], **changes}
    return after, made, title


def ordered(items: Items, place: str, by: str, reverse: bool) -> list[tuple[str, dict[str, Any]]]:
    """Give what a place shows, folders first; the bin shows what was thrown away, not what is in it."""
    thrown = [(name, one) for name, one in items.items() if one["bin"]]
    found = thrown if place == BIN else children(items, place)
    found.sort(key=lambda pair: _KEYS[by](pair[1]), reverse=reverse)
    return sorted(found, key=lambda pair: pair[1]["size"] > 0)


def trail(items: Items, roots: Mapping[str, str], place: str) -> list[str]:
    """Give the names of a place from its root down."""
    lineage = _lineage(items, place)
    root = items[lineage[-1]]["in"] if lineage else place
    return [roots[root], *(items[name]["name"] for name in reversed(lineage))]


def root_of(items: Items, place: str) -> str:
    """Give the root of a place."""
    lineage = _lineage(items, place)
    return str(items[lineage[-1]]["in"]) if lineage else place


def tidy_name(typed: str) -> str:
    """Give the name a pupil typed, spaces folded.

    Raises: Refused if a computer would not take it.
    """
    name = " ".join(typed.split())
    if not name.strip("."):
        raise Refused("Écrivez un nom.")
    if len(name) > LONGEST_NAME:
        raise Refused("Ce nom est trop long.")
    if any(sign in FORBIDDEN for sign in name):
        raise Refused(f"Un nom ne contient aucun de ces signes : {' '.join(FORBIDDEN)}")
    return name


def day_words(date: str) -> str:
    """Write a date of a file the French way, with its time if it has one."""
    year, month, rest = date.split("-", 2)
    day, _, hour = rest.partition(" ")
    words = f"{int(day)} {_MONTHS[int(month) - 1]} {year}"
    return f"{words}, {int(hour[:2])} h {hour[3:]}" if hour else words


def size_words(size: int) -> str:
    """Write a size in kilobytes the French way; nothing for a folder."""
    if size >= 1000:
        return f"{size / 1000:.1f} Mo".replace(".", ",").replace(",0 ", " ")
    return f"{size} Ko" if size else ""


def _lineage(items: Items, name: str) -> list[str]:
    found = []
    while name in items:
        found.append(name)
        name = items[name]["in"]
    return found
