"""What a text document holds, before it becomes an ODT or a DOCX."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Literal

OfficeFormat = Literal["odt", "docx"]
MEDIA_TYPES = {
    "odt": "application/vnd.oasis.opendocument.text",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


class Style(StrEnum):
    """The styles of a paragraph."""

    TITLE = "title"
    HEADING_1 = "h1"
    HEADING_2 = "h2"
    HEADING_3 = "h3"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Run:
    """Some text, bold or not."""

    text: str
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Replaced:
    """A tracked change: `old` is struck, `new` is added."""

    old: str
    new: str
    author: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Noted:
    """Some text with a comment in the margin."""

    text: str
    comment: str
    author: str
    at: datetime


Piece = Run | Replaced | Noted


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or a heading."""

    pieces: tuple[Piece, ...]
    style: Style = Style.BODY


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says of itself, seen in its properties only."""

    title: str
    author: str
    created: datetime
    modified: datetime
    last_author: str
    keyword: str = ""


def paragraph(text: str, style: Style = Style.BODY, *, is_bold: bool = False) -> Paragraph:
    """Make a paragraph of plain text."""
    return Paragraph((Run(text, is_bold),), style)
