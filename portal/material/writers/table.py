"""A table as a file: the same rows as CSV, ODS or XLSX."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Literal

from portal.material.recipe import MadeFile

Cell = str | int | Decimal | date | time | None
Format = Literal["csv", "ods", "xlsx"]
MEDIA_TYPES = {
    "csv": "text/csv",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A named sheet: a line of titles, then the rows. A Decimal shows as many decimals as it holds."""

    name: str
    titles: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def widths(self) -> list[int]:
        """Give the longest text of each column, so that nothing shows as ####."""
        lines = [self.titles, *([written(cell) for cell in row] for row in self.rows)]
        return [max(len(cell) for cell in column) for column in zip(*lines, strict=True)]


def written(cell: Cell) -> str:
    """Write a cell as a French spreadsheet saves it to CSV."""
    match cell:
        case None:
            return ""
        case Decimal():
            return f"{cell:f}".replace(".", ",")
        case date():
            return f"{cell:%d/%m/%Y}"
        case time():
            return f"{cell:%H:%M}"
    return str(cell)


def csv_text(sheet: Sheet, separator: str = ";") -> str:
    """Write a sheet as CSV text: lines end as Windows ends them."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=separator, lineterminator="\r\n")
    writer.writerow(sheet.titles)
    writer.writerows([written(cell) for cell in row] for row in sheet.rows)
    return text.getvalue()


def table_file(stem: str, kind: Format, *sheets: Sheet) -> MadeFile:
    """Make the file; only the first sheet goes into a CSV.

    Args:
        stem: the name of the file without its extension.
        kind: the format, which is also the extension.
    """
    # Imported late: each of them needs this module's Sheet.
    from portal.material.writers import ods, xlsx

    if kind == "csv":
        # The byte order mark is what makes a French spreadsheet read UTF-8 by itself.
        content = csv_text(sheets[0]).encode("utf-8-sig")
    else:
        content = ods.write(sheets) if kind == "ods" else xlsx.write(sheets)
    return MadeFile(f"{stem}.{kind}", MEDIA_TYPES[kind], content)
