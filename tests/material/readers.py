"""Read the files that pupils open, without any code of the portal."""

import csv
import io
import re
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from lxml import etree

Value = str | Decimal | date | time
_ODF = "{urn:oasis:names:tc:opendocument:xmlns:%s:1.0}"
_XLSX = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def typed(text: str) -> Value:
    """Read a cell of a CSV as a French spreadsheet does."""
    if re.fullmatch(r"-?\d+(,\d+)?", text):
        return Decimal(text.replace(",", "."))
    if re.fullmatch(r"\d\d/\d\d/\d{4}", text):
        return datetime.strptime(text, "%d/%m/%Y").date()
    return time.fromisoformat(text) if re.fullmatch(r"\d\d:\d\d", text) else text


def csv_sheets(content: bytes) -> list[list[list[Value]]]:
    lines = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), delimiter=";")
    return [[[typed(cell) for cell in line] for line in lines]]


def _ods_value(cell: etree._Element) -> Value:
    office = _ODF % "office"
    kind = cell.get(f"{office}value-type")
    if kind == "float":
        return Decimal(cell.get(f"{office}value", ""))
    if kind == "date":
        return date.fromisoformat(cell.get(f"{office}date-value", ""))
    if kind == "time":
        return datetime.strptime(cell.get(f"{office}time-value", ""), "PT%HH%MM%SS").time()
    return "".join("".join(line.itertext()) for line in cell.iter(f"{_ODF % 'text'}p"))


def _ods_row(cells: list[etree._Element]) -> list[Value]:
    repeated = [int(cell.get(f"{_ODF % 'table'}number-columns-repeated", "1")) for cell in cells]
    # LibreOffice fills a line with thousands of empty cells.
    return [
        _ods_value(cell) for cell, times in zip(cells, repeated, strict=True) for _ in range(min(times, 50))
    ]


def ods_sheets(content: bytes) -> list[list[list[Value]]]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert archive.infolist()[0].filename == "mimetype" and archive.infolist()[0].compress_type == 0
    return odf_sheets(archive.read("content.xml"))


def odf_sheets(text: bytes) -> list[list[list[Value]]]:
    """Read the XML of a spreadsheet, in a zip or flat."""
    tree = etree.fromstring(text)
    table = _ODF % "table"
    return [
        [_ods_row(row.findall(f"{table}table-cell")) for row in sheet.iter(f"{table}table-row")]
        for sheet in tree.iter(f"{table}table")
    ]


def xlsx_sheets(content: bytes) -> list[list[list[Value]]]:
    archive = zipfile.ZipFile(io.BytesIO(content))
    texts = [
        "".join(each.itertext())
        for each in etree.fromstring(archive.read("xl/sharedStrings.xml")).iter(f"{_XLSX}si")
    ]
    styles = etree.fromstring(archive.read("xl/styles.xml"))
    codes = {each.get("numFmtId"): each.get("formatCode") for each in styles.iter(f"{_XLSX}numFmt")}
    looks = styles.find(f"{_XLSX}cellXfs")
    assert looks is not None
    formats = [codes.get(look.get("numFmtId"), "") or "" for look in looks]

    def value(cell: etree._Element) -> Value:
        found = cell.findtext(f"{_XLSX}v") or ""
        if cell.get("t") == "s":
            return texts[int(found)]
        look = formats[int(cell.get("s", "0"))]
        if "yy" in look:
            return date(1899, 12, 30) + timedelta(days=int(found))
        if "hh" in look:
            return (datetime(2000, 1, 1) + timedelta(minutes=round(float(found) * 1440))).time()
        # Written with the digits of a binary number: 9.949999999999999.
        return round(Decimal(found), 6)

    pages = sorted(name for name in archive.namelist() if name.startswith("xl/worksheets/sheet"))
    trees = [etree.fromstring(archive.read(page)) for page in pages]
    return [[[value(cell) for cell in row] for row in tree.iter(f"{_XLSX}row")] for tree in trees]


def html_sheets(content: bytes) -> list[list[list[Value]]]:
    tree = etree.fromstring(content, etree.HTMLParser(encoding="utf-8"))
    return [
        [[typed("".join(cell.itertext())) for cell in row] for row in table.iter("tr")]
        for table in tree.iter("table")
    ]


SHEETS: dict[str, Callable[[bytes], list[list[list[Value]]]]] = {
    "csv": csv_sheets,
    "ods": ods_sheets,
    "xlsx": xlsx_sheets,
    "html": html_sheets,
}


def sheets(name: str, content: bytes) -> list[list[list[Value]]]:
    """Give the sheets of a file, titles included."""
    return SHEETS[name.rsplit(".", 1)[1]](content)
