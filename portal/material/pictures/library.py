"""From what a file says of a picture to its drawing, its words and its named places."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter

from portal.material.pictures import (
    charts,
    controls,
    lists,
    mails,
    maps,
    messages,
    pages,
    papers,
    screens,
    settings,
    tables,
    things,
)
from portal.material.pictures.letters import Misfit
from portal.material.pictures.palette import STYLE
from portal.material.pictures.part import PARTS, Part, Parts, refusal, stack, told_of
from portal.material.pictures.pen import Pen, Zone, number

BROAD, NARROW, MARGIN = 640.0, 480.0, 16.0
# Those that give parts: importing them is what names them.
MODULES = (charts, controls, lists, mails, maps, messages, pages, papers, screens, settings, tables, things)
Written = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Composed:
    """A picture.

    Attributes:
        svg: its drawing, light and dark.
        size: its width and height, in its own units.
        zones: by name, what may be pointed at: left, top, width, height.
        words: what it shows, in sentences; code and addresses between grave accents.
    """

    svg: str
    size: tuple[float, float]
    zones: Mapping[str, Zone]
    words: str

    @property
    def alternative(self) -> str:
        """Give the words as they are read aloud."""
        return self.words.replace("`", "")


_READER: TypeAdapter[tuple[Part, ...]] = TypeAdapter(Parts)


def compose(written: Written, *, is_strict: bool = True) -> Composed:
    """Draw a picture.

    Args:
        written: parts, as a file says them.
        is_strict: refuse a text that overflows, or else press it into its room.
    Raises: pydantic's ValidationError, which says in which part.
    """
    parts = _READER.validate_python(written)
    width = NARROW if [one.kind for one in parts] == ["phone"] else BROAD
    pen, top = Pen(is_strict=is_strict), MARGIN
    for at, part in enumerate(parts):
        try:
            top += stack(pen, [part], MARGIN, top, width - 2 * MARGIN) + MARGIN
        except Misfit as error:
            raise refusal([((at, part.kind), str(error))]) from error
    zones = {name: _rounded(zone) for name, zone in pen.zones.items()}
    return Composed(_svg(pen, width, top), (width, round(top)), zones, told_of(parts))


def _rounded(zone: Zone) -> Zone:
    left, top, width, height = (round(one, 1) for one in zone)
    return left, top, width, height


def _svg(pen: Pen, width: float, height: float) -> str:
    size = f'width="{number(width)}" height="{round(height)}" viewBox="0 0 {number(width)} {round(height)}"'
    ground = f'<rect width="{number(width)}" height="{round(height)}" class="f-ground"/>'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}><style>{STYLE}</style>{ground}{"".join(pen.shapes)}</svg>'


def kinds() -> Sequence[type[Part]]:
    """Give every part, by name."""
    return [PARTS[name] for name in sorted(PARTS)]
