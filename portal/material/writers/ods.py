"""Write an OpenDocument spreadsheet: a zip of four XML files, without any clock."""

import io
import zipfile
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from xml.sax.saxutils import escape, quoteattr

from portal.material.writers.table import MEDIA_TYPES, Cell, Sheet, written

_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office",
        "table": "table",
        "text": "text",
        "style": "style",
        "number": "datastyle",
        "fo": "xsl-fo-compatible",
    }.items()
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MANIFEST = (
    _HEAD + '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    ' manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{MEDIA_TYPES["ods"]}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_STYLES = (
    _HEAD + f'<office:document-styles {_NAMESPACES} office:version="1.3"><office:styles>'
    '<style:default-style style:family="table-cell"><style:text-properties fo:language="fr"'
    ' fo:country="FR"/></style:default-style></office:styles></office:document-styles>'
)
_CELL_STYLES = (
    '<number:date-style style:name="d"><number:day number:style="long"/><number:text>/</number:text>'
    '<number:month number:style="long"/><number:text>/</number:text><number:year number:style="long"/>'
    '</number:date-style><number:time-style style:name="t"><number:hours number:style="long"/>'
    '<number:text>:</number:text><number:minutes number:style="long"/></number:time-style>'
    + "".join(
        f'<number:number-style style:name="n{places}"><number:number number:min-integer-digits="1"'
        f' number:decimal-places="{places}" number:min-decimal-places="{places}"/></number:number-style>'
        for places in (1, 2)
    )
    + "".join(
        f'<style:style style:name="c{name}" style:family="table-cell" style:data-style-name="{name}"/>'
        for name in ("d", "t", "n1", "n2")
    )
    + '<style:style style:name="ch" style:family="table-cell"><style:text-properties'
    ' fo:font-weight="bold"/></style:style>'
)


def _cell(cell: Cell, style: str = "") -> str:
    text = f"<text:p>{escape(written(cell))}</text:p>"
    match cell:
        case None:
            return "<table:table-cell/>"
        case date():
            kind, style = f'date" office:date-value="{cell.isoformat()}', "cd"
        case time():
            kind, style = f'time" office:time-value="PT{cell:%HH%MM}00S', "ct"
        case Decimal() | int():
            places = -int(cell.as_tuple().exponent) if isinstance(cell, Decimal) else 0
            kind, style = (
                f'float" office:value="{cell:f}' if places else f'float" office:value="{cell}',
                (f"cn{places}" if places else ""),
            )
        case _:
            kind = "string"
    look = f' table:style-name="{style}"' if style else ""
    return f'<table:table-cell{look} office:value-type="{kind}">{text}</table:table-cell>'


def _table(number: int, sheet: Sheet) -> str:
    columns = "".join(
        f'<table:table-column table:style-name="w{number}-{index}"/>' for index in range(len(sheet.titles))
    )
    titles = "".join(_cell(title, "ch") for title in sheet.titles)
    rows = "".join(
        f"<table:table-row>{''.join(_cell(cell) for cell in row)}</table:table-row>" for row in sheet.rows
    )
    return (
        f"<table:table table:name={quoteattr(sheet.name)}>{columns}"
        f"<table:table-row>{titles}</table:table-row>{rows}</table:table>"
    )


def _widths(number: int, sheet: Sheet) -> str:
    return "".join(
        f'<style:style style:name="w{number}-{index}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width * 0.21 + 0.6:.2f}cm"/></style:style>'
        for index, width in enumerate(sheet.widths())
    )


def write(sheets: Sequence[Sheet]) -> bytes:
    """Give the bytes of a spreadsheet."""
    numbered = list(enumerate(sheets))
    content = (
        f'{_HEAD}<office:document-content {_NAMESPACES} office:version="1.3">'
        f"<office:automatic-styles>{_CELL_STYLES}{''.join(_widths(*each) for each in numbered)}"
        "</office:automatic-styles><office:body><office:spreadsheet>"
        f"{''.join(_table(*each) for each in numbered)}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    parts = {"content.xml": content, "styles.xml": _STYLES, "META-INF/manifest.xml": _MANIFEST}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        # The format wants its name first, and not compressed.
        archive.writestr(zipfile.ZipInfo("mimetype"), MEDIA_TYPES["ods"])
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
