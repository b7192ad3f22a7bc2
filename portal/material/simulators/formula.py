"""Reading a formula written the French way: text → tokens → tree. What is too long or too deep is refused."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

MOST_COLUMNS, MOST_ROWS = 12, 40
LONGEST, DEEPEST = 300, 20
COLUMNS = "ABCDEFGHIJKL"

_TOKEN = re.compile(
    r"""(?P<text>"(?:[^"]|"")*")
    |(?P<number>[0-9]+(?:,[0-9]+)?)
    |(?P<reference>\$?[A-Za-z]{1,2}\$?[1-9][0-9]{0,2}(?![A-Za-z0-9_.(]))
    |(?P<name>[A-Za-zÀ-ÿ_][A-Za-zÀ-ÿ0-9_.]*)
    |(?P<error>\#(?:REF|VALEUR|DIV/0|NOMBRE)!|\#NOM\?)
    |(?P<sign><=|>=|<>|[-+*/^&=<>():;%])
    |(?P<space>\s+)""",
    re.VERBOSE,
)
_REFERENCE = re.compile(r"(\$?)([A-Z]{1,2})(\$?)([0-9]+)")
# From the loosest to the tightest; all of them from left to right, as in spreadsheets.
_LEVELS = (("=", "<>", "<", ">", "<=", ">="), ("&",), ("+", "-"), ("*", "/"), ("^",))


class Unreadable(ValueError):
    """A formula that cannot be read; `args[0]` says why, in French."""


class Place(NamedTuple):
    """A cell, columns and rows counted from 1."""

    column: int
    row: int

    @property
    def name(self) -> str:
        """Give the name of a cell of the sheet."""
        return f"{COLUMNS[self.column - 1]}{self.row}"


class Token(NamedTuple):
    """A piece of a formula, as it is kept: names in capitals."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Literal:
    """A number, a text, VRAI or FAUX."""

    value: float | str | bool


@dataclass(frozen=True, slots=True)
class Failure:
    """An error written in the formula, or a name that does not exist."""

    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell."""

    place: Place


@dataclass(frozen=True, slots=True)
class Area:
    """A rectangle of cells, kept inside the largest sheet."""

    first: Place
    last: Place

    def places(self) -> Iterator[Place]:
        """Give its cells, row by row."""
        for row in range(self.first.row, min(self.last.row, MOST_ROWS) + 1):
            for column in range(self.first.column, min(self.last.column, MOST_COLUMNS) + 1):
                yield Place(column, row)


@dataclass(frozen=True, slots=True)
class Operation:
    """A sign between two trees, or before or after one (then `left` or `right` is None)."""

    sign: str
    left: "Tree | None"
    right: "Tree | None"


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments."""

    name: str
    arguments: tuple["Tree", ...]


Tree = Literal | Failure | Cell | Area | Operation | Call


def tokens_of(formula: str) -> list[Token]:
    """Cut a formula, its « = » left out.

    Raises: Unreadable.
    """
    if len(formula) > LONGEST:
        raise Unreadable("la formule est trop longue")
    found, place = [], 1
    while place < len(formula):
        piece = _TOKEN.match(formula, place)
        if piece is None:
            raise Unreadable(f"le signe « {formula[place]} » n’est pas attendu ici")
        place, kind = piece.end(), piece.lastgroup or ""
        if kind != "space":
            found.append(Token(kind, piece[0] if kind == "text" else piece[0].upper()))
    return found


def written(tokens: list[Token]) -> str:
    """Write a formula from its tokens."""
    return "=" + "".join(token.text for token in tokens)


def column_number(letters: str) -> int:
    """Give the number of a column: 1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def place_of(reference: str) -> Place:
    """Give the cell a reference names, with or without $."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise Unreadable(f"« {reference} » n’est pas une cellule")
    return Place(column_number(found[2]), int(found[4]))


def _rewritten(formula: str, change: Callable[[re.Match[str]], str]) -> str:
    if not formula.startswith("="):
        return formula
    try:
        tokens = tokens_of(formula)
    except Unreadable:
        return formula
    return written(
        [
            Token("reference", _REFERENCE.sub(change, token.text)) if token.kind == "reference" else token
            for token in tokens
        ]
    )


def moved(formula: str, columns: int, rows: int) -> str:
    """Copy a formula some columns and rows further: what has no $ follows; what leaves the sheet is #REF!."""

    def change(found: re.Match[str]) -> str:
        column = column_number(found[2]) + (0 if found[1] else columns)
        row = int(found[4]) + (0 if found[3] else rows)
        if not (1 <= column <= MOST_COLUMNS and 1 <= row <= MOST_ROWS):
            return "#REF!"
        return f"{found[1]}{COLUMNS[column - 1]}{found[3]}{row}"

    return _rewritten(formula, change) if columns or rows else formula


def with_row_at(formula: str, row: int) -> str:
    """Rewrite a formula when a row is inserted: what was at this row or under is one row lower, $ or not."""

    def change(found: re.Match[str]) -> str:
        lower = int(found[4]) + (int(found[4]) >= row)
        return f"{found[1]}{found[2]}{found[3]}{lower}"

    return _rewritten(formula, change)


def _literal(kind: str, text: str) -> Literal:
    if kind == "number":
        return Literal(float(text.replace(",", ".")))
    return Literal(text[1:-1].replace('""', '"'))


class _Reader:
    """Read tokens from left to right."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens, self.place, self.depth = tokens, 0, 0

    def whole(self) -> Tree:
        tree = self.level(0)
        if self.place < len(self.tokens):
            raise Unreadable(f"« {self.tokens[self.place].text} » n’est pas attendu ici")
        return tree

    def taken(self, *signs: str) -> str:
        """Take the next token if it is one of these signs."""
        if self.place < len(self.tokens):
            token = self.tokens[self.place]
            if token.kind == "sign" and token.text in signs:
                self.place += 1
                return token.text
        return ""

    def level(self, level: int) -> Tree:
        if level == len(_LEVELS):
            return self.signed()
        tree = self.level(level + 1)
        while sign := self.taken(*_LEVELS[level]):
            tree = Operation(sign, tree, self.level(level + 1))
        return tree

    def signed(self) -> Tree:
        """Read what may have a sign before and % after: -2^2 is 4, as in spreadsheets."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Unreadable("la formule a trop de parenthèses ou de signes")
        sign = self.taken("+", "-")
        tree = Operation(sign, None, self.signed()) if sign else self.one()
        while self.taken("%"):
            tree = Operation("%", tree, None)
        self.depth -= 1
        return tree

    def one(self) -> Tree:
        if self.taken("("):
            tree = self.level(0)
            self.close()
            return tree
        if self.place >= len(self.tokens):
            raise Unreadable("il manque quelque chose à la fin")
        kind, text = self.tokens[self.place]
        if kind == "sign":
            raise Unreadable(f"« {text} » n’est pas attendu ici")
        self.place += 1
        if kind == "reference":
            return self.cells(place_of(text))
        if kind == "error":
            # What is left of a rectangle whose corner was copied out of the sheet.
            if self.taken(":"):
                self.place += 1
            return Failure(text)
        return self.named(text) if kind == "name" else _literal(kind, text)

    def cells(self, first: Place) -> Tree:
        if not self.taken(":"):
            return Cell(first)
        kind, text = self.tokens[self.place] if self.place < len(self.tokens) else Token("", "")
        if kind not in {"reference", "error"}:
            raise Unreadable("il manque une cellule après « : »")
        self.place += 1
        if kind == "error":
            return Failure(text)
        last = place_of(text)
        columns, rows = sorted((first.column, last.column)), sorted((first.row, last.row))
        return Area(Place(columns[0], rows[0]), Place(columns[1], rows[1]))

    def named(self, name: str) -> Tree:
        if not self.taken("("):
            return Literal(name == "VRAI") if name in {"VRAI", "FAUX"} else Failure("#NOM?")
        arguments: list[Tree] = []
        if not self.taken(")"):
            arguments.append(self.level(0))
            while self.taken(";"):
                arguments.append(self.level(0))
            self.close()
        return Call(name, tuple(arguments))

    def close(self) -> None:
        if not self.taken(")"):
            raise Unreadable("il manque une parenthèse, ou un point-virgule")


def tree_of(formula: str) -> Tree:
    """Read a formula.

    Raises: Unreadable.
    """
    return _Reader(tokens_of(formula)).whole()


def areas_of(tree: Tree) -> Iterator[Area]:
    """Give every cell and rectangle a formula reads."""
    waiting = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Area):
            yield one
        elif isinstance(one, Cell):
            yield Area(one.place, one.place)
        elif isinstance(one, Operation):
            waiting += [part for part in (one.left, one.right) if part is not None]
        elif isinstance(one, Call):
            waiting += one.arguments
