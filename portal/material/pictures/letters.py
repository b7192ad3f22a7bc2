"""How wide a text is, and how it is cut into lines: nothing here asks a browser.

The widths, in thousandths of the size, are those of Arial and of its open twin Liberation Sans.
"""

import unicodedata

_REGULAR = {
    139: "\u202f",
    191: "'",
    222: "ijl‘’ı",
    260: "|",
    278: " !,./:;I[\\]ft\u00a0·",
    333: "()-`r“”²³¨‹›",
    334: "{}",
    350: "•",
    355: '"',
    370: "ªº",
    389: "*",
    400: "°",
    469: "^",
    500: "Jcksvxyz↑↓",
    549: "±÷≤≥≠≈√",
    556: "#$0123456789?L_abdeghnopqu£§«»–€",
    576: "µ",
    584: "+<=>~×−",
    611: "FTZøß",
    667: "&ABEKPSVXY",
    722: "CDHNRUw",
    737: "©®",
    778: "GOQØ",
    833: "Mm½¼¾",
    889: "%æ",
    944: "Wœ",
    1000: "ÆŒ—…→←",
    1015: "@",
}
_BOLD = {
    139: "\u202f",
    238: "'",
    278: " ,./I\\ijl\u00a0·‘’ı",
    280: "|",
    333: "!()-:;[]`ft²³¨‹›",
    350: "•",
    370: "ªº",
    389: "*r{}",
    400: "°",
    474: '"',
    500: "z“”↑↓",
    549: "±÷≤≥≠≈√",
    556: "#$0123456789J_aceksvxy£§«»–€",
    576: "µ",
    584: "+<=>^~×−",
    611: "?FLTZbdghnopquøß",
    667: "EPSVXY",
    722: "&ABCDHKNRU",
    737: "©®",
    778: "GOQwØ",
    833: "M½¼¾",
    889: "%mæ",
    944: "Wœ",
    975: "@",
    1000: "ÆŒ—…→←",
}
_WIDTHS = tuple(
    {char: width for width, chars in table.items() for char in chars} for table in (_REGULAR, _BOLD)
)
# Every sign of a typewriter face has this one.
_MONO = 602


class Misfit(ValueError):
    """Something that cannot be drawn; its words are for the author."""


class UnknownSign(Misfit):
    """A sign that not every computer can draw."""


class TooLong(Misfit):
    """A text that does not fit where it is to be written."""


def width_of(text: str, size: float, *, bold: bool = False, mono: bool = False) -> float:
    """Measure a line.

    Raises: UnknownSign.
    """
    return sum(_thousandths(char, bold=bold, mono=mono) for char in text) * size / 1000


def _thousandths(char: str, *, bold: bool, mono: bool) -> int:
    base = char if char in _WIDTHS[bold] else unicodedata.normalize("NFD", char)[:1]
    found = _WIDTHS[bold].get(base)
    if found is None:
        raise UnknownSign(f"le signe « {char} » ne se dessine pas partout : écrivez un mot")
    return _MONO if mono else found


def lines_of(text: str, room: float, size: float, *, bold: bool = False, mono: bool = False) -> list[str]:
    """Cut a text into lines at its spaces and line breaks; a long address is cut after / ? & = . or -.

    Raises: UnknownSign, TooLong when one word is wider than the room.
    """
    return [
        line
        for block in text.split("\n")
        for line in _lines(block.strip(" "), room, size, bold=bold, mono=mono)
    ]


def _lines(text: str, room: float, size: float, *, bold: bool, mono: bool) -> list[str]:
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if width_of(longer, size, bold=bold, mono=mono) <= room:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        for piece in _pieces(word):
            if width_of(lines[-1] + piece, size, bold=bold, mono=mono) > room:
                lines.append("")
            lines[-1] += piece
            if width_of(lines[-1], size, bold=bold, mono=mono) > room:
                raise TooLong(f"le mot « {word} » est trop long pour sa place")
    return [line for line in lines if line] or [""]


def _pieces(word: str) -> list[str]:
    """Give what may stand on two lines."""
    pieces = [""]
    for char in word:
        pieces[-1] += char
        if char in "/?&=.-_@":
            pieces.append("")
    return [piece for piece in pieces if piece]
