"""What draws: shapes in units of the picture, texts that must fit, and the places that have a name."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape

from portal.material.pictures.icons import ICONS
from portal.material.pictures.letters import TooLong, lines_of, width_of

Zone = tuple[float, float, float, float]
BODY, SMALL, TITLE = 18.0, 16.0, 20.0
LEADING = 1.35
# From this share of its room, a text is told how wide to be: another face of letters cannot overflow.
TIGHT = 0.8


def number(value: float) -> str:
    """Write a length in as few signs as it takes."""
    return f"{value:.1f}".removesuffix(".0")


class Pen:
    """Draws from the top left; `is_strict`: refuses a text that overflows, or else presses it into its room."""

    def __init__(self, *, is_strict: bool) -> None:
        """Begin with nothing drawn."""
        self.shapes: list[str] = []
        self.zones: dict[str, Zone] = {}
        self._is_strict = is_strict
        self._names: list[str] = []
        self._given = Counter[str]()

    def name_for(self, wanted: str) -> str:
        """Give a name that nothing drawn has yet: the wanted one, or with a number from 2."""
        self._given[wanted] += 1
        count = self._given[wanted]
        return wanted if count == 1 else f"{wanted}-{count}"

    @contextmanager
    def within(self, name: str) -> Iterator[None]:
        """Name what is drawn meanwhile: its places are `name.place`."""
        self._names.append(name)
        yield
        self._names.pop()

    def zone(self, name: str, x: float, y: float, width: float, height: float) -> None:
        """Remember where something is; no name is the part itself."""
        own = self._names[-1]
        self.zones[f"{own}.{name}" if name else own] = (x, y, width, height)

    def rect(self, x: float, y: float, width: float, height: float, **look: str | float) -> None:
        """Draw a rectangle; `fill`, `stroke`: colours of the palette; `r`: its corners; `at`: under what."""
        at, radius = look.pop("at", None), look.pop("r", 0)
        corners = f' rx="{number(float(radius))}"' if radius else ""
        shape = (
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
            f"{corners}{_look(look)}/>"
        )
        self.shapes.insert(int(at) if at is not None else len(self.shapes), shape)

    def mark(self) -> int:
        """Remember the present height of the pile, to slip a background under what comes next."""
        return len(self.shapes)

    def line(self, x1: float, y1: float, x2: float, y2: float, **look: str | float) -> None:
        """Draw a segment."""
        ends = f'x1="{number(x1)}" y1="{number(y1)}" x2="{number(x2)}" y2="{number(y2)}"'
        self.shapes.append(f"<line {ends}{_look(look)}/>")

    def circle(self, x: float, y: float, radius: float, **look: str | float) -> None:
        """Draw a disc."""
        self.shapes.append(f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"{_look(look)}/>')

    def path(self, drawn: str, **look: str | float) -> None:
        """Draw any outline."""
        self.shapes.append(f'<path d="{drawn}"{_look(look)}/>')

    def icon(self, name: str, x: float, y: float, size: float, colour: str = "muted") -> None:
        """Draw a small sign in a square."""
        scale, width = size / 24, 2 if size < 40 else 1.4
        self.shapes.append(
            f'<path transform="translate({number(x)} {number(y)}) scale({scale:.3g})" d="{ICONS[name]}"'
            f"{_look({'fill': 'none', 'stroke': colour, 'thick': width})}"
            ' stroke-linecap="round" stroke-linejoin="round"/>'
        )

    def text(
        self, x: float, y: float, text: str, room: float, *, size: float = BODY, colour: str = "ink",
        bold: bool = False, mono: bool = False, anchor: str = "start",
    ) -> float:  # fmt: skip
        """Write one line on the base line `y`.

        Returns: its width.
        Raises: TooLong, UnknownSign.
        """
        width = width_of(text, size, bold=bold, mono=mono)
        if width > room + 0.05 and self._is_strict:
            raise TooLong(f"« {text} » ne tient pas sur sa ligne : {width:.0f} unités pour {room:.0f}")
        faces = " ".join([f"f-{colour}", *(["b"] if bold else []), *(["m"] if mono else [])])
        where = "" if anchor == "start" else f' text-anchor="{anchor}"'
        pressed = ""
        if width > room * TIGHT and len(text) > 1:
            pressed = f' textLength="{number(min(width, room))}" lengthAdjust="spacingAndGlyphs"'
        self.shapes.append(
            f'<text x="{number(x)}" y="{number(y)}" font-size="{number(size)}" class="{faces}"{where}{pressed}>'
            f"{escape(text, quote=False)}</text>"
        )
        return min(width, room)

    def paragraph(
        self, x: float, y: float, text: str, room: float, *, size: float = BODY, colour: str = "ink",
        bold: bool = False, mono: bool = False,
    ) -> float:  # fmt: skip
        """Write a text on as many lines as it takes, `y` being the top of the first.

        Returns: the height taken.
        """
        step = size * LEADING
        lines = self.cut(text, room, size, bold=bold, mono=mono)
        for place, line in enumerate(lines):
            base = y + place * step + size
            self.text(x, base, line, room, size=size, colour=colour, bold=bold, mono=mono)
        return len(lines) * step

    def cut(
        self, text: str, room: float, size: float, *, bold: bool = False, mono: bool = False
    ) -> list[str]:
        """Cut a text into lines; one that cannot be cut stays whole when overflows are not refused."""
        try:
            return lines_of(text, room, size, bold=bold, mono=mono)
        except TooLong:
            if self._is_strict:
                raise
            return [text]


def _look(look: dict[str, str | float]) -> str:
    """Write colours as classes of the palette, and the width of a stroke."""
    fill, stroke = look.get("fill"), look.get("stroke")
    names = [
        f"{letter}-{colour}" for letter, colour in (("f", fill), ("s", stroke)) if colour and colour != "none"
    ]
    written = f' class="{" ".join(names)}"' if names else ""
    if fill in (None, "none"):
        written += ' fill="none"'
    if "thick" in look:
        written += f' stroke-width="{look["thick"]}"'
    if "dash" in look:
        written += f' stroke-dasharray="{look["dash"]}"'
    return written
