"""Write an Office Open XML spreadsheet, without any clock."""

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook  # type: ignore[import-untyped]  # published without types

from portal.material.writers.table import Cell, Sheet

# Written into every file: the same bytes for the same rows.
CREATED_AT = datetime(2026, 1, 1)


class _Looks:
    """The formats of cells, each made once in a workbook."""

    def __init__(self, book: Workbook) -> None:
        self.title = book.add_format({"bold": True})
        self.day = book.add_format({"num_format": "dd/mm/yyyy"})
        self.time = book.add_format({"num_format": "hh:mm"})
        self.places = {1: book.add_format({"num_format": "0.0"}), 2: book.add_format({"num_format": "0.00"})}


def _write_cell(page: Any, line: int, column: int, cell: Cell, looks: _Looks) -> None:
    match cell:
        case None:
            return
        case Decimal():
            page.write_number(line, column, float(cell), looks.places.get(-int(cell.as_tuple().exponent)))
        case date():
            page.write_datetime(line, column, cell, looks.day)
        case time():
            page.write_datetime(line, column, cell, looks.time)
        case int():
            page.write_number(line, column, cell)
        case _:
            page.write_string(line, column, cell)


def write(sheets: Sequence[Sheet]) -> bytes:
    """Give the bytes of a workbook."""
    buffer = io.BytesIO()
    book = Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": CREATED_AT})
    looks = _Looks(book)
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        page.freeze_panes(1, 0)
        for column, (title, width) in enumerate(zip(sheet.titles, sheet.widths(), strict=True)):
            page.write_string(0, column, title, looks.title)
            page.set_column(column, column, width + 2)
        for line, row in enumerate(sheet.rows, 1):
            for column, cell in enumerate(row):
                _write_cell(page, line, column, cell, looks)
    book.close()
    return buffer.getvalue()
