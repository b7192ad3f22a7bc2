"""The programs of the turtle: lines with a level, read from text or edited line by line. Nothing here is run."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypedDict

from portal.material.simulators.scenario import Refused

MOST_LINES, DEEPEST = 40, 3
COLOURS = ("noir", "rouge", "bleu", "vert")
_WORDS = re.compile(
    r"(avancer|droite|gauche|repeter|couleur|lever|baisser|si mur|si libre)(?: +([a-z0-9]+))? *:?"
)


class Line(TypedDict):
    """One instruction: what to do, how much or in which colour ("" if nothing), and how deep it is."""

    do: str
    value: str
    level: int


@dataclass(frozen=True, slots=True)
class Kind:
    """An instruction: its words before and after the value, the largest value (0: none), whether it holds others."""

    before: str
    after: str = ""
    most: int = 0
    holds: bool = False


KINDS = {
    "avancer": Kind("avancer de", "pas", 300),
    "droite": Kind("tourner à droite de", "degrés", 360),
    "gauche": Kind("tourner à gauche de", "degrés", 360),
    "repeter": Kind("répéter", "fois", 60, holds=True),
    "si-mur": Kind("si un mur est devant", holds=True),
    "si-libre": Kind("si le passage devant est libre", holds=True),
    "lever": Kind("lever le stylo"),
    "baisser": Kind("baisser le stylo"),
    "couleur": Kind("prendre la couleur"),
}


class Unclear(ValueError):
    """A text that is not a program; `args[0]` says where and why, in French."""


def words_of(line: Line) -> str:
    """Say an instruction."""
    kind = KINDS[line["do"]]
    return " ".join(part for part in (kind.before, line["value"], kind.after) if part)


def checked_value(do: str, typed: str) -> str:
    """Give the value of an instruction as it is kept.

    Raises: Refused.
    """
    kind, typed = KINDS[do], typed.strip()
    if do == "couleur":
        if typed not in COLOURS:
            raise Refused(f"Choisissez une couleur parmi\u00a0: {', '.join(COLOURS)}.")
        return typed
    if not kind.most:
        return ""
    if not re.fullmatch(r"[0-9]{1,3}", typed) or not 1 <= int(typed) <= kind.most:
        raise Refused(f"Écrivez un nombre entier de 1 à {kind.most}.")
    return str(int(typed))


def read_program(text: str) -> list[Line]:
    """Read a program: one instruction a line, what is repeated further to the right.

    Raises: Unclear.
    """
    found: list[Line] = []
    margins: list[int] = []
    for number, row in enumerate(text.expandtabs(4).splitlines(), 1):
        row = row.partition("#")[0].rstrip()
        if not row.strip():
            continue
        margin = len(row) - len(row.lstrip())
        after_holder = bool(found) and KINDS[found[-1]["do"]].holds
        if margins and margin > margins[-1] and not after_holder:
            raise Unclear(f"ligne {number}\u00a0: cette ligne est trop à droite")
        while margins and margin <= margins[-1]:
            margins.pop()
        margins.append(margin)
        if len(found) >= MOST_LINES or len(margins) > DEEPEST + 1:
            raise Unclear(f"ligne {number}\u00a0: le programme est trop long ou trop profond")
        found.append(_line(row.strip(), len(margins) - 1, number))
    return found


def _line(row: str, level: int, number: int) -> Line:
    plain = "".join(
        one for one in unicodedata.normalize("NFD", row.lower()) if not unicodedata.combining(one)
    )
    read = _WORDS.fullmatch(re.sub(r"\s+", " ", plain))
    if read is None:
        raise Unclear(f"ligne {number}\u00a0: « {row[:40]} » n’est pas une instruction connue")
    do = read[1].replace(" ", "-")
    try:
        return {"do": do, "value": checked_value(do, read[2] or ""), "level": level}
    except Refused as refusal:
        raise Unclear(
            f"ligne {number}\u00a0: {str(refusal)[0].lower()}{str(refusal)[1:].rstrip('.')}"
        ) from None


def end_of(program: Sequence[Line], place: int) -> int:
    """Give the place after a line and what it holds."""
    end = place + 1
    while end < len(program) and program[end]["level"] > program[place]["level"]:
        end += 1
    return end


def _shifted(lines: Sequence[Line], by: int) -> list[Line]:
    moved: list[Line] = [{**line, "level": line["level"] + by} for line in lines]
    if any(line["level"] > DEEPEST for line in moved):
        raise Refused(f"Une instruction est dans {DEEPEST} autres au plus.")
    return moved


Edited = tuple[list[Line], int]


def inserted(program: list[Line], do: str, value: str, after: int | None) -> Edited:
    """Insert a line after the line of this number (0: first), inside it if it holds others; None: at the very end.

    This and what follows give the program and where the line is in it. Raises: Refused.
    """
    if len(program) >= MOST_LINES:
        raise Refused(f"Un programme a {MOST_LINES} instructions au plus.")
    place, level = len(program) if after is None else after, 0
    if after:
        level = program[after - 1]["level"] + KINDS[program[after - 1]["do"]].holds
    return [
        *program[:place],
        *_shifted([{"do": do, "value": value, "level": 0}], level),
        *program[place:],
    ], place


def deleted(program: list[Line], place: int) -> Edited:
    """Take a line away; what it held stays, one level up."""
    end = end_of(program, place)
    return [*program[:place], *_shifted(program[place + 1 : end], -1), *program[end:]], place - 1


def put_inside(program: list[Line], place: int) -> Edited:
    """Put a line and what it holds at the end of what is just above, at the same level."""
    before = _sibling_before(program, place)
    if before is None or not KINDS[program[before]["do"]].holds:
        raise Refused("Il n’y a pas de répétition ni de condition juste au-dessus.")
    end = end_of(program, place)
    return [*program[:place], *_shifted(program[place:end], 1), *program[end:]], place


def put_outside(program: list[Line], place: int) -> Edited:
    """Take a line and what it holds out of what holds it: it comes just after."""
    parent = _parent_of(program, place)
    if parent is None:
        raise Refused("Cette instruction n’est dans aucune répétition.")
    end, outer = end_of(program, place), end_of(program, parent)
    out = _shifted(program[place:end], -1)
    return [*program[:place], *program[end:outer], *out, *program[outer:]], place + outer - end


def wrapped(program: list[Line], place: int, value: str) -> Edited:
    """Put a repetition around a line and what it holds."""
    if len(program) >= MOST_LINES:
        raise Refused(f"Un programme a {MOST_LINES} instructions au plus.")
    end = end_of(program, place)
    around: Line = {"do": "repeter", "value": value, "level": program[place]["level"]}
    return [*program[:place], around, *_shifted(program[place:end], 1), *program[end:]], place


def raised(program: list[Line], place: int) -> Edited:
    """Exchange a line with the one above at the same level, each with what it holds."""
    before = _sibling_before(program, place)
    if before is None:
        raise Refused("Cette instruction est déjà la première ici.")
    end = end_of(program, place)
    return [*program[:before], *program[place:end], *program[before:place], *program[end:]], before


def lowered(program: list[Line], place: int) -> Edited:
    """Exchange a line with the one below at the same level, each with what it holds."""
    after = end_of(program, place)
    if after >= len(program) or program[after]["level"] < program[place]["level"]:
        raise Refused("Cette instruction est déjà la dernière ici.")
    changed, _ = raised(program, after)
    return changed, place + end_of(program, after) - after


def _sibling_before(program: Sequence[Line], place: int) -> int | None:
    for before in range(place - 1, -1, -1):
        if program[before]["level"] <= program[place]["level"]:
            return before if program[before]["level"] == program[place]["level"] else None
    return None


def _parent_of(program: Sequence[Line], place: int) -> int | None:
    return next(
        (one for one in range(place - 1, -1, -1) if program[one]["level"] < program[place]["level"]), None
    )


def children_of(program: Sequence[Line], start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give the lines of one level between two places, each with where what it holds ends."""
    place = start
    while place < end:
        after = end_of(program, place)
        yield place, after
        place = after
