"""A turtle: a program of blocks or of text, a maze to cross or a drawing to make."""

from functools import cached_property
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from portal.material.simulators.scenario import (
    Fact,
    Gestures,
    Refused,
    Scenario,
    State,
    Step,
    Words,
)
from portal.material.simulators.turtle_program import (
    COLOURS,
    KINDS,
    Line,
    Unclear,
    checked_value,
    deleted,
    inserted,
    lowered,
    put_inside,
    put_outside,
    raised,
    read_program,
    words_of,
    wrapped,
)
from portal.material.simulators.turtle_run import (
    MOST_ACTIONS,
    Ground,
    Stroke,
    drawing_of,
    heading_words,
    run,
)
from portal.material.simulators.turtle_view import Screen, ending, lines_of, picture_of, told_of

Do = Literal["avancer", "droite", "gauche", "repeter", "si-mur", "si-libre", "lever", "baisser", "couleur"]
Size = Annotated[int, Field(ge=2, le=40)]
MazeRow = Annotated[str, Field(pattern=r"^[.#DA]+$", min_length=2, max_length=12)]
CellName = Annotated[str, Field(pattern=r"^[A-L]([1-9]|1[0-2])$")]
_TURNS = {"haut": 0, "droite": 90, "bas": 180, "gauche": 270}


class Turtle(Scenario):
    """Write, correct or complete a program that crosses a maze or makes a drawing.

    Facts, all of what the program of the moment does when it is run from the start: `arrivee` (« C4 » in a maze,
    « 3 ; 2 » on a sheet), `arrive` (it stands on the goal), `cap` (« vers la droite »), `chemin` (the cells it went
    through), `heurts` (walls met), `dessin.juste` (same strokes as `target`), `instructions` (how many lines),
    `repete` (a repetition is used), `condition` (a condition is used), `trop-long` (stopped by the limit), `lisible`
    (the text is a program), `executions` (how often the pupil ran it).

    Attributes:
        mode: blocs (lines edited one by one) or texte.
        palette: the instructions allowed.
        program: what is there at the start.
        walker: how the one who walks is called.
        maze: rows of `.` `#` (wall) `D` (start) `A` (goal); or, for a drawing, width, height, start, and target (a
            program) with its words for those who do not see it.
        marks: cells of the maze with something in them.
    """

    simulator: Literal["turtle"]
    mode: Literal["blocs", "texte"] = "blocs"
    palette: Annotated[tuple[Do, ...], Field(min_length=1)]
    walker: Words = "La tortue"
    program: Annotated[str, Field(max_length=1500)] = ""
    heading: Literal["haut", "droite", "bas", "gauche"] = "droite"
    maze: Annotated[tuple[MazeRow, ...], Field(max_length=12)] = ()
    stops_at_goal: bool = False
    marks: dict[CellName, Words] = {}
    width: Size = 12
    height: Size = 12
    start: tuple[int, int] = (1, 1)
    target: Annotated[str, Field(max_length=1500)] = ""
    target_words: str = ""

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        for text in (self.program, self.target):
            try:
                read_program(text)
            except Unclear as reason:
                raise ValueError(f"program ou target : {reason}") from None
        cells = "".join(self.maze)
        if self.maze and (
            len({len(row) for row in self.maze}) > 1 or cells.count("D") != 1 or cells.count("A") > 1
        ):
            raise ValueError("maze : des lignes de même longueur, un seul D, un A au plus")
        if bool(self.target) != bool(self.target_words):
            raise ValueError("target et target_words vont ensemble")
        if not self.maze and (not self.target or self.marks):
            raise ValueError("il faut maze ou target ; marks va avec maze")
        return self

    @cached_property
    def ground(self) -> Ground:
        """Give where the turtle walks."""
        turn = _TURNS[self.heading]
        if not self.maze:
            start = float(self.start[0]), float(self.start[1])
            return Ground(self.width, self.height, start, turn, is_maze=False)
        cells = {
            (float(column), float(row)): sign
            for row, line in enumerate(self.maze, 1)
            for column, sign in enumerate(line, 1)
        }
        return Ground(
            width=len(self.maze[0]),
            height=len(self.maze),
            start=next(place for place, sign in cells.items() if sign == "D"),
            heading=turn,
            is_maze=True,
            walls=frozenset(place for place, sign in cells.items() if sign == "#"),
            goal=next((place for place, sign in cells.items() if sign == "A"), None),
            stops_at_goal=self.stops_at_goal,
        )

    def begin(self) -> State:
        """Give the state a pupil starts from."""
        program = read_program(self.program)
        return {
            "program": program,
            "text": self.program if self.mode == "texte" else "",
            "unclear": "",
            "after": None,
            "line": None,
            "shown": 0,
            "runs": 0,
            "said": "",
        }

    def _add(self, state: State, step: Step) -> State:
        do, after = step.told("instruction"), step.told("apres")
        if self.mode == "texte" or do not in self.palette:
            raise Refused("Cette instruction n’est pas proposée ici.")
        value = self._value(do, step.told("valeur"))
        return _edited(state, *inserted(state["program"], do, value, _after(state, after)))

    def _change(self, state: State, step: Step) -> State:
        program, place = list(state["program"]), _place(state, step)
        program[place] = {**program[place], "value": self._value(program[place]["do"], step.told("valeur"))}
        return _edited(state, program, place)

    def _wrap(self, state: State, step: Step) -> State:
        if self.mode == "texte" or "repeter" not in self.palette:
            raise Refused("Cette instruction n’est pas proposée ici.")
        value = self._value("repeter", step.told("valeur"))
        return _edited(state, *wrapped(state["program"], _place(state, step), value))

    def _delete(self, state: State, step: Step) -> State:
        place = _place(state, step)
        edited = _edited(state, *deleted(state["program"], place))
        said = f"L’instruction « {words_of(state['program'][place])} » est supprimée."
        return {**edited, "said": said, "line": None}

    def _raise(self, state: State, step: Step) -> State:
        return _edited(state, *raised(state["program"], _place(state, step)))

    def _lower(self, state: State, step: Step) -> State:
        return _edited(state, *lowered(state["program"], _place(state, step)))

    def _put_inside(self, state: State, step: Step) -> State:
        return _edited(state, *put_inside(state["program"], _place(state, step)))

    def _put_outside(self, state: State, step: Step) -> State:
        return _edited(state, *put_outside(state["program"], _place(state, step)))

    def _aim(self, state: State, step: Step) -> State:
        after = _after(state, step.told("apres"))
        where = "à la fin" if after is None else f"après la ligne {after}" if after else "au début"
        said = f"La prochaine instruction s’ajoutera {where}."
        return {**state, "after": after, "line": None, "said": said}

    def _write(self, state: State, step: Step) -> State:
        if self.mode != "texte":
            raise Refused("Ce programme s’écrit avec des blocs.")
        text = step.told("texte").replace("\r\n", "\n")
        program, unclear = [], ""
        try:
            for line in (read := read_program(text)):
                if line["do"] not in self.palette:
                    raise Unclear(f"« {words_of(line)} » n’est pas proposé ici")
                self._value(line["do"], line["value"])
            program = read
        except (Unclear, Refused) as reason:
            unclear = str(reason).rstrip(".")
        return self._run({**state, "program": program, "text": text, "unclear": unclear}, step)

    def _run(self, state: State, step: Step) -> State:
        done = run(state["program"], self.ground)
        unclear = state["unclear"]
        said = f"Le programme ne peut pas être lu\u00a0: {unclear}." if unclear else ending(done, self.walker)
        return {**state, "shown": len(done.moves), "runs": state["runs"] + 1, "said": said, "line": None}

    def _step(self, state: State, step: Step) -> State:
        done = run(state["program"], self.ground)
        if state["shown"] >= len(done.moves):
            raise Refused("Le programme est fini. Revenez au départ pour le revoir.")
        said = told_of(done.moves[state["shown"]], self.ground)
        return {**state, "shown": state["shown"] + 1, "said": said, "line": None}

    def _rewind(self, state: State, step: Step) -> State:
        return {**state, "shown": 0, "said": "Retour au départ.", "line": None}

    gestures: ClassVar[Gestures] = {
        "ajouter": _add,
        "changer": _change,
        "entourer": _wrap,
        "supprimer": _delete,
        "monter": _raise,
        "descendre": _lower,
        "entrer": _put_inside,
        "sortir": _put_outside,
        "viser": _aim,
        "ecrire": _write,
        "executer": _run,
        "pas": _step,
        "depart": _rewind,
    }

    def _value(self, do: str, typed: str) -> str:
        value = checked_value(do, typed)
        if self.maze and do in {"droite", "gauche"} and int(value) % 90:
            raise Refused("Ici, on tourne de 90, 180, 270 ou 360 degrés.")
        return value

    def facts(self, state: State) -> dict[str, Fact]:
        """Give what the rules may judge."""
        done = run(state["program"], self.ground)
        kinds = {line["do"] for line in state["program"]}
        return {
            "arrivee": self.ground.name(done.point),
            "arrive": done.point == self.ground.goal,
            "cap": heading_words(done.heading),
            "chemin": tuple(dict.fromkeys(self.ground.name(point) for point in done.path)),
            "heurts": done.hits,
            "dessin.juste": bool(self.target) and drawing_of(done.strokes) == drawing_of(self._model()),
            "instructions": len(state["program"]),
            "repete": "repeter" in kinds,
            "condition": bool(kinds & {"si-mur", "si-libre"}),
            "trop-long": done.actions >= MOST_ACTIONS,
            "lisible": not state["unclear"],
            "executions": state["runs"],
        }

    def _model(self) -> list[Stroke]:
        return run(read_program(self.target), self.ground).strokes

    def screen(self, state: State) -> Screen:
        """Give what the page shows."""
        done = run(state["program"], self.ground)
        return Screen(
            is_text=self.mode == "texte",
            text=state["text"],
            lines=lines_of(state["program"], done, state["shown"]),
            open_line=state["line"],
            after=state["after"],
            palette=tuple((do, KINDS[do]) for do in self.palette),
            colours=COLOURS,
            said=state["said"],
            picture=picture_of(self.ground, done, state["shown"], self._model(), self.marks, self.walker),
            target_words=self.target_words,
        )


def _after(state: State, typed: str) -> int | None:
    if typed == "fin":
        return None
    numbers = {str(number): number for number in range(len(state["program"]) + 1)}
    if typed not in numbers:
        raise Refused("Cette ligne n’existe pas.")
    return numbers[typed]


def _place(state: State, step: Step) -> int:
    number = _after(state, step.told("ligne")) if step.told("ligne") != "fin" else None
    if not number or state["text"]:
        raise Refused("Cette ligne n’existe pas.")
    return number - 1


def _edited(state: State, program: list[Line], place: int) -> State:
    """Keep an edited program: back at the start, the next line comes after this one."""
    said = f"Ligne {place + 1}\u00a0: {words_of(program[place])}." if program and place >= 0 else ""
    after = place + 1 if state["after"] is not None and program else None
    return {**state, "program": program, "after": after, "line": place + 1, "shown": 0, "said": said}
