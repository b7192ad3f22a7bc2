"""DOCX files: real headings, comments, tracked changes and properties."""

from collections.abc import Sequence
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from portal.material.writers.document import Noted, Paragraph, Piece, Properties, Replaced, Run, Style
from portal.material.writers.zipped import Entry, pack

_WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_OPEN = "http://schemas.openxmlformats.org"
_STYLES = {
    Style.TITLE: ("Title", "Title", 44, None),
    Style.HEADING_1: ("Heading1", "heading 1", 34, 0),
    Style.HEADING_2: ("Heading2", "heading 2", 28, 1),
    Style.HEADING_3: ("Heading3", "heading 3", 24, 2),
}
_PARTS = {
    "word/document.xml": "wordprocessingml.document.main",
    "word/styles.xml": "wordprocessingml.styles",
    "word/comments.xml": "wordprocessingml.comments",
}


def write(paragraphs: Sequence[Paragraph], properties: Properties) -> bytes:
    """Write a document as a DOCX."""
    body = _Body()
    text = "".join(body.paragraph(each) for each in paragraphs)
    files = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relations(
            {"officeDocument": "word/document.xml", "metadata/core-properties": "docProps/core.xml"}
        ),
        "word/_rels/document.xml.rels": _relations({"styles": "styles.xml", "comments": "comments.xml"}),
        "word/document.xml": f"{_HEAD}<w:document {_WORD}><w:body>{text}<w:sectPr/></w:body></w:document>",
        "word/styles.xml": _styles(),
        "word/comments.xml": f"{_HEAD}<w:comments {_WORD}>{body.comments}</w:comments>",
        "docProps/core.xml": _core(properties),
    }
    return pack(Entry(name, data.encode()) for name, data in files.items())


class _Body:
    """The text, and its comments, which DOCX keeps apart."""

    def __init__(self) -> None:
        self.comments = ""
        self._marks = 0

    def paragraph(self, source: Paragraph) -> str:
        inner = "".join(self._piece(piece) for piece in source.pieces)
        named = _STYLES.get(source.style)
        style = f'<w:pPr><w:pStyle w:val="{named[0]}"/></w:pPr>' if named else ""
        return f"<w:p>{style}{inner}</w:p>"

    def _piece(self, piece: Piece) -> str:
        match piece:
            case Run(text, is_bold):
                return _run(text, "<w:rPr><w:b/></w:rPr>" if is_bold else "")
            case Replaced():
                struck = (
                    f"<w:del {self._mark(piece.author, piece.at)}>{_run(piece.old, tag='delText')}</w:del>"
                )
                return f"{struck}<w:ins {self._mark(piece.author, piece.at)}>{_run(piece.new)}</w:ins>"
            case Noted():
                return self._noted(piece)

    def _noted(self, piece: Noted) -> str:
        signed = self._mark(piece.author, piece.at)
        number = self._marks
        self.comments += f"<w:comment {signed}><w:p>{_run(piece.comment)}</w:p></w:comment>"
        return (
            f'<w:commentRangeStart w:id="{number}"/>{_run(piece.text)}<w:commentRangeEnd w:id="{number}"/>'
            f'<w:r><w:commentReference w:id="{number}"/></w:r>'
        )

    def _mark(self, author: str, at: datetime) -> str:
        self._marks += 1
        return f'w:id="{self._marks}" w:author={quoteattr(author)} w:date="{at.isoformat()}Z"'


def _run(text: str, properties: str = "", tag: str = "t") -> str:
    return f'<w:r>{properties}<w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def _styles() -> str:
    named = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        '<w:qFormat/><w:pPr><w:keepNext/><w:spacing w:before="240" w:after="120"/>'
        + ("" if level is None else f'<w:outlineLvl w:val="{level}"/>')
        + f'</w:pPr><w:rPr><w:b/><w:sz w:val="{size}"/></w:rPr></w:style>'
        for key, name, size, level in _STYLES.values()
    )
    return (
        f'{_HEAD}<w:styles {_WORD}><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="22"/>'
        '<w:lang w:val="fr-FR"/></w:rPr></w:rPrDefault></w:docDefaults>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>'
        f'<w:pPr><w:spacing w:after="140"/></w:pPr></w:style>{named}</w:styles>'
    )


def _core(properties: Properties) -> str:
    stamp = 'xsi:type="dcterms:W3CDTF"'
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="{_OPEN}/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(properties.title)}</dc:title><dc:creator>{escape(properties.author)}</dc:creator>"
        f"<cp:keywords>{escape(properties.keyword)}</cp:keywords>"
        f"<cp:lastModifiedBy>{escape(properties.last_author)}</cp:lastModifiedBy>"
        f"<dcterms:created {stamp}>{properties.created.isoformat()}Z</dcterms:created>"
        f"<dcterms:modified {stamp}>{properties.modified.isoformat()}Z</dcterms:modified></cp:coreProperties>"
    )


def _relations(targets: dict[str, str]) -> str:
    kinds = f"{_OPEN}/officeDocument/2006/relationships"
    lines = "".join(
        f'<Relationship Id="r{number}" Target="{target}" Type="'
        + (f"{_OPEN}/package/2006/relationships/{kind}" if "/" in kind else f"{kinds}/{kind}")
        + '"/>'
        for number, (kind, target) in enumerate(targets.items(), 1)
    )
    return f'{_HEAD}<Relationships xmlns="{_OPEN}/package/2006/relationships">{lines}</Relationships>'


def _content_types() -> str:
    word = "application/vnd.openxmlformats-officedocument"
    parts = "".join(
        f'<Override PartName="/{name}" ContentType="{word}.{kind}+xml"/>' for name, kind in _PARTS.items()
    )
    rels = "application/vnd.openxmlformats-package"
    return (
        f'{_HEAD}<Types xmlns="{_OPEN}/package/2006/content-types">'
        f'<Default Extension="rels" ContentType="{rels}.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'{parts}<Override PartName="/docProps/core.xml" ContentType="{rels}.core-properties+xml"/></Types>'
    )
