"""From what a file says of a picture to its drawing, its words and its named places."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from pydantic import TypeAdapter, ValidationError

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

BROAD, PHONE, MARGIN = 640.0, 480.0, 16.0
# For a small screen: the widths that are tried, the margin, and how many pixels a unit has there. The smallest
# letters, of 15 units, are then 12 pixels high; what is too broad for the screen scrolls.
NARROW, NARROW_MARGIN, PIXELS = (352.0, 400.0, 440.0, 480.0, 520.0, 560.0, 600.0), 8.0, 0.8
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
    return _draw(parts, _usual(parts), MARGIN, is_strict=is_strict)


def compose_narrow(written: Written) -> Composed:
    """Draw a picture for a small screen, as narrow as its texts allow, with all its places.

    Raises: pydantic's ValidationError, which says in which part.
    """
    parts = _READER.validate_python(written)
    usual = _draw(parts, _usual(parts), MARGIN, is_strict=False, pixels=PIXELS)
    for width in NARROW:
        with suppress(ValidationError):
            drawn = _draw(parts, width, NARROW_MARGIN, is_strict=True, pixels=PIXELS)
            if drawn.zones.keys() == usual.zones.keys():
                return drawn
    return usual


def _usual(parts: Sequence[Part]) -> float:
    return PHONE if [one.kind for one in parts] == ["phone"] else BROAD


def _draw(
    parts: Sequence[Part], width: float, margin: float, *, is_strict: bool, pixels: float = 1
) -> Composed:
    pen, top = Pen(is_strict=is_strict), margin
    for at, part in enumerate(parts):
        try:
            top += stack(pen, [part], margin, top, width - 2 * margin) + margin
        except Misfit as error:
            raise refusal([((at, part.kind), str(error))]) from error
    zones = {name: _rounded(zone) for name, zone in pen.zones.items()}
    size = (width, float(round(top)))
    return Composed(_svg(pen, size, pixels), size, zones, told_of(parts))


def _rounded(zone: Zone) -> Zone:
    left, top, width, height = (round(one, 1) for one in zone)
    return left, top, width, height


def _svg(pen: Pen, size: tuple[float, float], pixels: float) -> str:
    width, height = (number(one) for one in size)
    shown = f'width="{number(size[0] * pixels)}" height="{number(size[1] * pixels)}"'
    ground = f'<rect width="{width}" height="{height}" class="f-ground"/>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {shown} viewBox="0 0 {width} {height}">'
        f"<style>{STYLE}</style>{ground}{''.join(pen.shapes)}</svg>"
    )


def kinds() -> Sequence[type[Part]]:
    """Give every part, by name."""
    return [PARTS[name] for name in sorted(PARTS)]
