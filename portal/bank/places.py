"""Where something stands in the files of the bank, and what is wrong there: an author is told file and line."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import yaml

# Checks speak of one file after another: a few are enough to compose each once.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the bank.

    Attributes:
        file: its path in the bank.
        what: what it is, in words, after the line: « question dossiers-1a ».
        name: the `id` of the skill or question meant; empty for the whole file.
        keys: the way to the text meant, from there.
        text: words to look for from there on.
    """

    file: str
    what: str = ""
    name: str = ""
    keys: tuple[int | str, ...] = ()
    text: str = ""

    def at(self, *keys: int | str) -> "Place":
        """Give a place further inside."""
        return replace(self, keys=(*self.keys, *keys))

    def near(self, text: str) -> "Place":
        """Give the place of some words."""
        return replace(self, text=text)


@dataclass(frozen=True, slots=True)
class Problem:
    """A defect, a sentence that says what to do about it, and the line, once looked for; 0 if it is in no file."""

    place: Place
    reason: str
    line: int = 1

    def __str__(self) -> str:
        """Write it as the command prints it."""
        line = f", ligne {self.line}" if self.line else ""
        what = f", {self.place.what}" if self.place.what else ""
        return f"{self.place.file}{line}{what} : {self.reason}"


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of the files of one bank folder, each file read once."""

    folder: Path
    _texts: dict[str, list[str]] = field(default_factory=dict)
    _nodes: dict[str, yaml.Node | None] = field(default_factory=dict)

    def located(self, problems: Sequence[Problem]) -> list[Problem]:
        """Give the problems with their lines, each once."""
        return list(dict.fromkeys(self._with_line(one) for one in problems))

    def _with_line(self, problem: Problem) -> Problem:
        return replace(problem, line=self.of(problem.place)) if problem.line else problem

    def of(self, place: Place) -> int:
        """Give the line of a place, or of the nearest that is written above it; 1 if nothing is."""
        if not (self.folder / place.file).is_file():
            return 1
        line, node = 1, self._node(place.file)
        if place.name and node is not None:
            line, node = _named(node, place.name) or (line, node)
        line, node = _walk(node, place.keys, line)
        return self._line_with(place, line, node) if place.text else line

    def _text(self, file: str) -> list[str]:
        if file not in self._texts:
            data = (self.folder / file).read_bytes()
            self._texts[file] = data.decode("utf-8", errors="replace").splitlines()
        return self._texts[file]

    def _node(self, file: str) -> yaml.Node | None:
        if not file.endswith(".yaml"):
            return None
        if file not in self._nodes:
            try:
                self._nodes[file] = yaml.compose("\n".join(self._text(file)), Loader=_LOADER)
            except yaml.YAMLError:
                self._nodes[file] = None
        return self._nodes[file]

    def _line_with(self, place: Place, start: int, node: yaml.Node | None) -> int:
        """Find a name, else the words, in a part; words cut by the end of a line are looked for one by one."""
        lines = self._text(place.file)[start - 1 : _last_line(start, node)]
        for text in (f"id: {place.text}", place.text, *place.text.split()):
            for number, line in enumerate(lines, start):
                if text in line:
                    return number
        return start


def _last_line(start: int, node: yaml.Node | None) -> int | None:
    """Give the last line of a part; that of a block is the one before what follows it."""
    if node is None or node.end_mark is None:
        return None
    is_block = isinstance(node, yaml.CollectionNode) and not node.flow_style
    return max(start, node.end_mark.line + (0 if is_block else 1))


def _walk(node: yaml.Node | None, keys: Sequence[int | str], line: int) -> tuple[int, yaml.Node | None]:
    for step in keys:
        found = _below(node, step)
        if found is not None:
            node, line = found
    return line, node


def _below(node: yaml.Node | None, step: int | str) -> tuple[yaml.Node, int] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return value, key.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        value = node.value[step]
        return value, value.start_mark.line + 1
    return None


def _named(node: yaml.Node, name: str) -> tuple[int, yaml.Node] | None:
    """Find the part of a file that bears this `id`."""
    children: list[yaml.Node] = []
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == "id" and value.value == name:
                return key.start_mark.line + 1, node
            children.append(value)
    elif isinstance(node, yaml.SequenceNode):
        children = node.value
    return next((found for child in children if (found := _named(child, name))), None)
