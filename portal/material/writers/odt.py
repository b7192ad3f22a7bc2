"""ODT files: real headings, comments, tracked changes and properties."""

from collections.abc import Sequence
from datetime import datetime
from xml.sax.saxutils import escape

from portal.material.writers.document import Noted, Paragraph, Piece, Properties, Replaced, Run, Style
from portal.material.writers.zipped import Entry, pack

_MIME = "application/vnd.oasis.opendocument.text"
_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = (
    f'xmlns:office="{_OASIS}:office:1.0" xmlns:text="{_OASIS}:text:1.0" xmlns:style="{_OASIS}:style:1.0" '
    f'xmlns:meta="{_OASIS}:meta:1.0" xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LEVELS = {Style.HEADING_1: 1, Style.HEADING_2: 2, Style.HEADING_3: 3}
_SIZES = {"Title": 22, "Heading_20_1": 17, "Heading_20_2": 14, "Heading_20_3": 12}


def write(paragraphs: Sequence[Paragraph], properties: Properties) -> bytes:
    """Write a document as an ODT."""
    body = _Body()
    text = "".join(body.paragraph(each) for each in paragraphs)
    tracked = f"<text:tracked-changes>{body.regions}</text:tracked-changes>" if body.regions else ""
    content = (
        f"{_HEAD}<office:document-content {_SPACES}><office:automatic-styles>"
        '<style:style style:name="Bold" style:family="text"><style:text-properties fo:font-weight="bold"/>'
        "</style:style></office:automatic-styles>"
        f"<office:body><office:text>{tracked}{text}</office:text></office:body></office:document-content>"
    )
    files = {
        "mimetype": _MIME,
        "content.xml": content,
        "styles.xml": _styles(),
        "meta.xml": _meta(properties),
        "META-INF/manifest.xml": _manifest(),
    }
    return pack(Entry(name, data.encode(), is_stored=name == "mimetype") for name, data in files.items())


class _Body:
    """The text, and the regions of its tracked changes, which ODT keeps apart."""

    def __init__(self) -> None:
        self.regions = ""
        self._marks = 0

    def paragraph(self, source: Paragraph) -> str:
        inner = "".join(self._piece(piece) for piece in source.pieces)
        level = _LEVELS.get(source.style)
        if level:
            style = f"Heading_20_{level}"
            return f'<text:h text:style-name="{style}" text:outline-level="{level}">{inner}</text:h>'
        name = "Title" if source.style is Style.TITLE else "Text_20_body"
        return f'<text:p text:style-name="{name}">{inner}</text:p>'

    def _piece(self, piece: Piece) -> str:
        match piece:
            case Run(text, True):
                return f'<text:span text:style-name="Bold">{escape(text)}</text:span>'
            case Run(text):
                return escape(text)
            case Replaced():
                return self._replaced(piece)
            case Noted():
                return self._noted(piece)

    def _replaced(self, piece: Replaced) -> str:
        self._marks += 1
        who = f"<office:change-info>{_signed(piece.author, piece.at)}</office:change-info>"
        struck, added = f"s{self._marks}", f"a{self._marks}"
        deletion = f'<text:deletion>{who}<text:p text:style-name="Text_20_body">{escape(piece.old)}</text:p>'
        self.regions += (
            f'<text:changed-region xml:id="{struck}" text:id="{struck}">{deletion}</text:deletion>'
            f'</text:changed-region><text:changed-region xml:id="{added}" text:id="{added}">'
            f"<text:insertion>{who}</text:insertion></text:changed-region>"
        )
        return (
            f'<text:change text:change-id="{struck}"/><text:change-start text:change-id="{added}"/>'
            f'{escape(piece.new)}<text:change-end text:change-id="{added}"/>'
        )

    def _noted(self, piece: Noted) -> str:
        self._marks += 1
        return (
            f'<office:annotation office:name="c{self._marks}">{_signed(piece.author, piece.at)}'
            f"<text:p>{escape(piece.comment)}</text:p></office:annotation>{escape(piece.text)}"
            f'<office:annotation-end office:name="c{self._marks}"/>'
        )


def _signed(author: str, at: datetime) -> str:
    return f"<dc:creator>{escape(author)}</dc:creator><dc:date>{at.isoformat()}</dc:date>"


def _styles() -> str:
    headings = "".join(
        f'<style:style style:name="{name}" style:display-name="{name.replace("_20_", " ")}" '
        'style:family="paragraph" style:next-style-name="Text_20_body"'
        + (f' style:default-outline-level="{name[-1]}"' if name[-1].isdigit() else "")
        + '><style:paragraph-properties fo:margin-top="0.4cm" fo:margin-bottom="0.2cm"/>'
        f'<style:text-properties fo:font-size="{size}pt" fo:font-weight="bold"/></style:style>'
        for name, size in _SIZES.items()
    )
    return (
        f"{_HEAD}<office:document-styles {_SPACES}><office:styles>"
        '<style:default-style style:family="paragraph"><style:text-properties fo:font-size="11pt" '
        'fo:language="fr" fo:country="FR"/></style:default-style>'
        '<style:style style:name="Text_20_body" style:display-name="Text body" style:family="paragraph">'
        '<style:paragraph-properties fo:margin-bottom="0.25cm"/></style:style>'
        f"{headings}</office:styles></office:document-styles>"
    )


def _meta(properties: Properties) -> str:
    keyword = f"<meta:keyword>{escape(properties.keyword)}</meta:keyword>" if properties.keyword else ""
    return (
        f"{_HEAD}<office:document-meta {_SPACES}><office:meta><dc:title>{escape(properties.title)}</dc:title>"
        f"<meta:initial-creator>{escape(properties.author)}</meta:initial-creator>"
        f"<meta:creation-date>{properties.created.isoformat()}</meta:creation-date>"
        f"{_signed(properties.last_author, properties.modified)}{keyword}<dc:language>fr-FR</dc:language>"
        "</office:meta></office:document-meta>"
    )


def _manifest() -> str:
    files = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>'
        for name in ("content.xml", "styles.xml", "meta.xml")
    )
    return (
        f'{_HEAD}<manifest:manifest xmlns:manifest="{_OASIS}:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_MIME}"/>'
        f"{files}</manifest:manifest>"
    )
