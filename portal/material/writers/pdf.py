"""Tagged PDF files: the values go in as data, the page is one of our own layouts."""

import json
from collections.abc import Mapping
from datetime import date
from functools import cache
from threading import Lock

import typst

_PRELUDE = """
#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, author: d.author, keywords: d.keywords,
  date: datetime(year: d.date.at(0), month: d.date.at(1), day: d.date.at(2)))
#set text(lang: "fr", region: "FR", font: "Libertinus Serif", size: 12pt, hyphenate: false)
#set page(paper: "a4", margin: 2.4cm)
#show heading: set block(above: 1.2em, below: 0.8em)
"""


# A compiler serves one thread at a time, and refuses the others; a second one would load its fonts again.
_TURN = Lock()


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(ignore_system_fonts=True)


def write(
    layout: str,
    values: Mapping[str, object],
    *,
    title: str,
    author: str,
    day: date,
    keywords: tuple[str, ...] = (),
) -> bytes:
    """Write a PDF.

    Args:
        layout: Typst source, which reads the values in `d`; none of them is ever read as Typst.
        title, author, day, keywords: what the properties of the file say.
    """
    data = {**values, "title": title, "author": author, "date": [day.year, day.month, day.day]}
    data["keywords"] = list(keywords)
    with _TURN:
        made = _compiler().compile(
            (_PRELUDE + layout).encode(),
            format="pdf",
            sys_inputs={"data": json.dumps(data)},
            pdf_standards=["ua-1"],
            timestamp=0,
        )
    assert isinstance(made, bytes)
    return made
