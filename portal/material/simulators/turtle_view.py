"""What the page of the turtle shows: the lines of the program, the picture, and both in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from portal.material.simulators.turtle_program import KINDS, Kind, Line, words_of
from portal.material.simulators.turtle_run import (
    MOST_ACTIONS,
    Ground,
    Move,
    Point,
    Run,
    Stroke,
    heading_words,
)

MOST_TOLD = 60
CELL = 40


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line of the program; `now`: it is the last one that was done."""

    number: int
    level: int
    words: str
    value: str
    kind: Kind
    do: str
    now: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing in points of an SVG, and what it shows in words.

    Attributes:
        walls, grid: rectangles and lines of the ground; model, strokes: lines drawn, each with its colour.
        turtle: where it is and how it is turned.
        moves: the first of those done, in words.
    """

    width: int
    height: int
    is_maze: bool
    columns: tuple[tuple[int, str], ...]
    rows: tuple[tuple[int, str], ...]
    walls: tuple[Point, ...]
    start: Point
    goal: Point | None
    marks: tuple[tuple[Point, int, str, str], ...]
    model: tuple[tuple[Point, Point, str], ...]
    strokes: tuple[tuple[Point, Point, str], ...]
    turtle: Point
    heading: int
    words: str
    plan: str
    moves: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Screen:
    """What the page shows."""

    is_text: bool
    text: str
    lines: tuple[ShownLine, ...]
    open_line: int | None
    after: int | None
    palette: tuple[tuple[str, Kind], ...]
    colours: tuple[str, ...]
    said: str
    picture: Picture
    target_words: str


def lines_of(program: Sequence[Line], done: Run, shown: int) -> tuple[ShownLine, ...]:
    """Give the lines of a program, the last one done among them."""
    now = done.moves[shown - 1].line if 0 < shown <= len(done.moves) else 0
    return tuple(
        ShownLine(
            number, line["level"], words_of(line), line["value"], KINDS[line["do"]], line["do"], number == now
        )
        for number, line in enumerate(program, 1)
    )


def told_of(move: Move, ground: Ground) -> str:
    """Say what a move did."""
    told = (
        f"Ligne {move.line}, {move.words}\u00a0: en {ground.name(move.point)}, {heading_words(move.heading)}"
    )
    return told + (", arrêt devant un mur." if move.hit and ground.is_maze else ".")


def ending(done: Run, walker: str) -> str:
    """Say how a program ends."""
    if not done.moves:
        return "Le programme est fini\u00a0: rien n’a bougé."
    where = f"{walker} est en {done.ground.name(done.point)}, {heading_words(done.heading)}."
    hits = f" Murs rencontrés\u00a0: {done.hits}." if done.hits else ""
    if done.actions >= MOST_ACTIONS:
        return f"Le programme est arrêté\u00a0: il est trop long. {where}{hits}"
    return f"Le programme est fini. {where}{hits}"


def picture_of(
    ground: Ground, done: Run, shown: int, model: Sequence[Stroke], marks: Mapping[str, str], walker: str
) -> Picture:
    """Draw the ground and what is done after some moves."""
    moves = done.moves[:shown]
    point, heading, drawn = ground.start, ground.heading, 0
    if moves:
        point, heading, drawn = moves[-1].point, moves[-1].heading, moves[-1].strokes
    inside = 0 <= point[0] <= ground.width + 1 and 0 <= point[1] <= ground.height + 1
    out = "" if inside else ", hors de la feuille"
    named = {
        ground.name((float(x), float(y))): (float(x), float(y)) for x in range(1, 13) for y in range(1, 13)
    }
    labels = ground.is_maze
    return Picture(
        width=CELL * (ground.width + 1),
        height=CELL * (ground.height + 1),
        is_maze=labels,
        columns=tuple((CELL * one, chr(64 + one) if labels else "") for one in range(1, ground.width + 1)),
        rows=tuple((CELL * one, str(one) if labels else "") for one in range(1, ground.height + 1)),
        walls=tuple(_scaled(wall) for wall in sorted(ground.walls)),
        start=_scaled(ground.start),
        goal=_scaled(ground.goal) if ground.goal else None,
        marks=tuple(
            (_scaled(named[cell]), number, cell, words)
            for number, (cell, words) in enumerate(marks.items(), 1)
        ),
        model=_lines(model),
        strokes=_lines(done.strokes[:drawn]),
        turtle=_scaled(point),
        heading=heading,
        words=f"{walker} est en {ground.name(point)}, {heading_words(heading)}{out}.",
        plan=_plan(ground),
        moves=tuple(told_of(move, ground) for move in moves[:MOST_TOLD]),
        more=max(0, len(moves) - MOST_TOLD),
    )


def _scaled(point: Point) -> Point:
    return round(point[0] * CELL, 1), round(point[1] * CELL, 1)


def _lines(strokes: Sequence[Stroke]) -> tuple[tuple[Point, Point, str], ...]:
    """Give the lines once each, however often they were drawn."""
    return tuple(dict.fromkeys((_scaled(one.start), _scaled(one.end), one.colour) for one in strokes))


def _plan(ground: Ground) -> str:
    start = f"Départ en {ground.name(ground.start)}, {heading_words(ground.heading)}."
    if not ground.is_maze:
        return f"{start} La feuille a {ground.width} pas de large et {ground.height} pas de haut."
    goal = f" Arrivée en {ground.name(ground.goal)}." if ground.goal else ""
    walls = ", ".join(ground.name(wall) for wall in sorted(ground.walls, key=lambda wall: (wall[1], wall[0])))
    size = f" Plan de {ground.width} colonnes et {ground.height} lignes."
    return f"{start}{goal}{size}" + (f" Murs\u00a0: {walls}." if walls else "")
