"""Markdown of the bank to safe HTML."""

import re
from collections.abc import Callable
from functools import lru_cache

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from portal.bank.tutorial import parse, set_anchors

_MARKDOWN = MarkdownIt("commonmark")
_TAGS = {
    "a", "blockquote", "br", "code", "em", "h2", "h3", "h4", "hr", "img", "li", "ol", "p", "pre", "strong",
    "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt"}, "h2": {"id"}, "ol": {"start"}}


@lru_cache(maxsize=2048)
def render_markdown(source: str, *, with_anchors: bool = False) -> Markup:
    """Render a text of the bank; anything but plain formatting is dropped.

    `with_anchors`: for a page of its own, whose headings are linked to.
    """
    tokens = parse(source)
    if with_anchors:
        set_anchors(tokens)
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    return Markup(nh3.clean(html, tags=_TAGS, attributes=_ATTRIBUTES, url_schemes=set(), link_rel=None))


def with_pictures(html: Markup, url_of: Callable[[str], str]) -> Markup:
    """Point the pictures written `medias/<file>` at their real addresses."""
    return Markup(re.sub(r'src="(medias/[^"]+)"', lambda found: f'src="{url_of(found[1])}"', html))
