"""The headings of a tutorial page and their anchors: one function for the page and for the checks."""

import re
import unicodedata
from collections.abc import Container
from itertools import count

from markdown_it import MarkdownIt
from markdown_it.token import Token

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "’": " "})


def parse(markdown: str) -> list[Token]:
    """Read Markdown as the pages do: CommonMark with tables, and no HTML."""
    return MarkdownIt("commonmark", {"html": False}).enable("table").parse(markdown)


def slug(title: str) -> str:
    """Name a heading in an address: « Niveaux 1 et 2 » gives niveaux-1-et-2."""
    folded = unicodedata.normalize("NFKD", title.lower().translate(_LIGATURES))
    bare = "".join(char for char in folded if not unicodedata.combining(char))
    return "-".join(re.findall(r"[a-z0-9]+", bare))


def headings(markdown: str) -> list[tuple[str, str]]:
    """List the headings of a text in order, as (slug, title)."""
    return set_anchors(parse(markdown))


def set_anchors(tokens: list[Token]) -> list[tuple[str, str]]:
    """Give each heading its slug as `id`; a slug met before gets -2, -3…

    Returns: the headings in order, as (slug, title).
    """
    found: dict[str, str] = {}
    for opening, inline in zip(tokens, tokens[1:], strict=False):
        if opening.type == "heading_open":
            title = _plain(inline)
            name = _free(slug(title) or "section", found)
            opening.attrSet("id", name)
            found[name] = title
    return list(found.items())


def _free(name: str, taken: Container[str]) -> str:
    """Give the name, numbered if it is taken."""
    numbered = (f"{name}-{number}" for number in count(2))
    return name if name not in taken else next(one for one in numbered if one not in taken)


def _plain(inline: Token) -> str:
    """Give the text of a heading without its marks."""
    return "".join(child.content for child in inline.children or ())
