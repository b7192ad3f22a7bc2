"""Markdown of the bank to safe HTML."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from portal.bank.tutorial import parse, set_anchors

_MARKDOWN = MarkdownIt("commonmark")
_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "img", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "h3": {"id"}, "ol": {"start"}}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page, under a heading of the second rank. `anchors`: its own, and those of its sub-titles."""

    anchor: str
    title: str
    anchors: frozenset[str]
    body: Markup


@lru_cache(maxsize=2048)
def render_markdown(source: str) -> Markup:
    """Render a text of the bank; anything but plain formatting is dropped."""
    return _rendered(parse(source))


@lru_cache(maxsize=256)
def render_sections(source: str) -> tuple[Markup, tuple[Section, ...]]:
    """Render a page whose headings are linked to: what comes before the first section, then the sections."""
    tokens = parse(source)
    titles = dict(set_anchors(tokens))
    starts = [
        at for at, token in enumerate(tokens) if token.tag == "h2" and token.nesting == 1 and not token.level
    ]
    parts = [tokens[start:end] for start, end in zip(starts, [*starts[1:], len(tokens)], strict=True)]
    return _rendered(tokens[: starts[0]] if starts else tokens), tuple(
        Section(
            anchor=str(part[0].attrGet("id")),
            title=titles[str(part[0].attrGet("id"))],
            anchors=frozenset(str(one.attrGet("id")) for one in part if one.type == "heading_open"),
            # The heading takes three tokens: it is shown by the page.
            body=_rendered(part[3:]),
        )
        for part in parts
    )


def _rendered(tokens: Sequence[Token]) -> Markup:
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return Markup(nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=set(), link_rel=None))


def with_pictures(html: Markup, url_of: Callable[[str], str]) -> Markup:
    """Point the pictures written `medias/<file>` at their real addresses."""
    return Markup(re.sub(r'src="(medias/[^"]+)"', lambda found: f'src="{url_of(found[1])}"', html))
