"""What a program of the turtle does: moves counted and bounded, strokes compared, walls met."""

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.material.simulators.turtle_program import Line, children_of, words_of

MOST_ACTIONS = 1500
HEADINGS = {0: "vers le haut", 90: "vers la droite", 180: "vers le bas", 270: "vers la gauche"}
_NEAR = 0.002
Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ground:
    """Where the turtle walks: a size, where it starts and how it is turned, walls and a goal if it is a maze."""

    width: int
    height: int
    start: Point
    heading: int
    is_maze: bool
    walls: frozenset[Point] = frozenset()
    goal: Point | None = None
    stops_at_goal: bool = False

    def is_free(self, point: Point) -> bool:
        """Tell whether the turtle may stand there."""
        if not self.is_maze:
            return abs(point[0]) < 1000 and abs(point[1]) < 1000
        inside = 1 <= point[0] <= self.width and 1 <= point[1] <= self.height
        return inside and point not in self.walls

    def name(self, point: Point) -> str:
        """Name a place: « C4 » in a maze, « 3 ; 2 » on a sheet."""
        if self.is_maze:
            return f"{chr(64 + int(point[0]))}{int(point[1])}"
        # Rounded, then added to nothing: « −0 » is no place.
        return "\u00a0; ".join(f"{round(one, 1) + 0.0:g}".replace(".", ",") for one in point)


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line drawn."""

    start: Point
    end: Point
    colour: str
    heading: int


@dataclass(frozen=True, slots=True)
class Move:
    """What one line did: its number, its words, where it led, how many strokes were drawn by then."""

    line: int
    words: str
    point: Point
    heading: int
    strokes: int
    hit: bool


@dataclass(slots=True)
class Run:
    """A program that goes on."""

    ground: Ground
    program: Sequence[Line]
    point: Point = (0.0, 0.0)
    heading: int = 0
    pen: bool = True
    colour: str = "noir"
    actions: int = 0
    hits: int = 0
    stopped: bool = False
    moves: list[Move] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    path: list[Point] = field(default_factory=list)

    def block(self, start: int, end: int) -> None:
        """Do the lines of one level, one after the other."""
        for place, after in children_of(self.program, start, end):
            if self.stopped or self.actions >= MOST_ACTIONS:
                return
            self.actions += 1
            self.line(place, after)

    def line(self, place: int, after: int) -> None:
        """Do one line."""
        do, value = self.program[place]["do"], self.program[place]["value"]
        if do == "repeter":
            for _ in range(int(value)):
                # Even an empty repetition takes time.
                self.actions += 1
                self.block(place + 1, after)
        elif do in {"si-mur", "si-libre"}:
            if self.ground.is_free(self.ahead()) is (do == "si-libre"):
                self.block(place + 1, after)
        else:
            hits = self.hits
            self.act(do, value)
            words = words_of(self.program[place])
            is_hit = self.hits > hits
            self.moves.append(Move(place + 1, words, self.point, self.heading, len(self.strokes), is_hit))

    def act(self, do: str, value: str) -> None:
        """Do what is not a repetition nor a condition."""
        if do == "avancer":
            self.forward(int(value))
        elif do in {"droite", "gauche"}:
            self.heading = (self.heading + (int(value) if do == "droite" else -int(value))) % 360
        elif do == "couleur":
            self.colour = value
        else:
            self.pen = do == "baisser"

    def ahead(self, steps: int = 1) -> Point:
        """Give the place some steps ahead; exact in the four main directions."""
        turn = math.radians(self.heading)
        across, down = math.sin(turn), -math.cos(turn)
        if self.heading % 90 == 0:
            across, down = round(across), round(down)
        return self.point[0] + steps * across, self.point[1] + steps * down

    def forward(self, steps: int) -> None:
        """Go ahead, cell by cell in a maze, until a wall."""
        for _ in range(steps if self.ground.is_maze else 1):
            reached = self.ahead(1 if self.ground.is_maze else steps)
            if not self.ground.is_free(reached):
                self.hits += 1
                return
            if self.pen:
                self.strokes.append(Stroke(self.point, reached, self.colour, self.heading))
            self.point = reached
            self.path.append(reached)
            if self.ground.stops_at_goal and reached == self.ground.goal:
                self.stopped = True
                return


def run(program: Sequence[Line], ground: Ground) -> Run:
    """Run a program to its end, to the goal, or to the limit."""
    going = Run(ground, program, point=ground.start, heading=ground.heading, path=[ground.start])
    going.block(0, len(program))
    return going


def drawing_of(strokes: Sequence[Stroke]) -> frozenset[tuple[str, int, float, float, float]]:
    """Give a drawing whatever the order and the way it was drawn: strokes that touch on one straight line are one."""
    rows: dict[tuple[str, int], list[tuple[float, float, float]]] = defaultdict(list)
    for one in strokes:
        angle = one.heading % 180
        turn = math.radians(angle)
        across, down = math.sin(turn), -math.cos(turn)
        offset = one.start[0] * down - one.start[1] * across
        ends = sorted(point[0] * across + point[1] * down for point in (one.start, one.end))
        rows[one.colour, angle].append((round(offset, 3) + 0.0, ends[0], ends[1]))
    found = set()
    for (colour, angle), parts in rows.items():
        parts.sort()
        offset, start, end = parts[0]
        for other, first, last in [*parts[1:], (math.inf, 0.0, 0.0)]:
            if other == offset and first <= end + _NEAR:
                end = max(end, last)
                continue
            found.add((colour, angle, offset, round(start, 2) + 0.0, round(end, 2) + 0.0))
            offset, start, end = other, first, last
    return frozenset(found)


def heading_words(heading: int) -> str:
    """Say how the turtle is turned."""
    return HEADINGS.get(heading, f"à {heading}° (0° en haut, 90° à droite)")
