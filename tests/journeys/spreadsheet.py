"""A CSV file as a French spreadsheet opens it: headless LibreOffice reads it, we read what it understood."""

import shutil
import subprocess
from datetime import datetime
from pathlib import Path

from lxml import etree

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
# Separator « ; », quotes, UTF-8, from the first line, French, quoted figures are text or not as they look.
_FRENCH_CSV = "Text - txt - csv (StarCalc):59,34,76,1,,1036,false,true"

Cell = str | float | datetime
STAGES = ("Départ", "C’est lancé", "Sur la voie", "Solide", "Très solide")


def read(file: Path, profile: Path) -> list[list[Cell]]:
    """Give the rows that LibreOffice makes of a file: text, numbers and instants.

    Args:
        profile: a folder for LibreOffice's own settings, so that nobody's are read.
    """
    program = shutil.which("soffice") or shutil.which("localc")
    assert program, "LibreOffice is missing: apt-get install libreoffice-calc"
    command = [
        program,
        "--headless",
        f"-env:UserInstallation=file://{profile}",
        f"--infilter={_FRENCH_CSV}",
        "--convert-to",
        "fods",
        "--outdir",
        str(file.parent),
        str(file),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    tree = etree.parse(file.with_suffix(".fods"))
    rows = [[*_cells(row)] for row in tree.iter(f"{_TABLE}table-row")]
    width = len(rows[0])
    return [row[:width] + [""] * (width - len(row)) for row in rows]


def _cells(row: etree._Element) -> list[Cell]:
    found: list[Cell] = []
    for cell in row.iter(f"{_TABLE}table-cell"):
        found += [_value(cell)] * int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
    return found


def _value(cell: etree._Element) -> Cell:
    kind = cell.get(f"{_OFFICE}value-type", "")
    if kind == "date":
        return datetime.fromisoformat(cell.get(f"{_OFFICE}date-value", ""))
    if kind in {"float", "percentage"}:
        return float(cell.get(f"{_OFFICE}value", ""))
    return "\n".join("".join(line.itertext()) for line in cell.iter(f"{_TEXT}p"))


# ---- The files of a campaign, written as its screens show them


def as_activity(row: list[Cell]) -> list[str]:
    """Write a line of the file as the screen shows it."""
    last, first, class_name, state, progress, at = row
    return [f"{last} {first}", str(class_name), str(state), _percent(progress), _moment(at)]


def as_result(line: dict[str, Cell]) -> list[str]:
    """Write a line of the results as the screen shows it."""
    stage = STAGES[int(_number(line["Palier obtenu (/4)"]))]
    rate = _percent(line["% maitrise de l'ensemble des acquis du profil"])
    return [
        f"{line['Nom du Participant']} {line['Prénom du Participant']}",
        str(line["Classe"]),
        f"{stage} {rate}",
        "–",
        _moment(line["Date et heure du partage"]),
    ]


def competences_of(line: dict[str, Cell]) -> list[str]:
    """Write what the file says of each competence as the pupil's page shows it."""
    prefix = "% de maitrise des acquis de la compétence "
    names = [name.removeprefix(prefix) for name in line if name.startswith(prefix)]
    return [
        f"{_number(line[f'Acquis maitrisés de la compétence {name}']):.0f} acquis sur "
        f"{_number(line[f'Nombre d{chr(39)}acquis de la compétence {name}']):.0f} {_percent(line[prefix + name])}"
        for name in names
    ]


def _number(cell: Cell) -> float:
    """Read a number, which must have stayed one."""
    assert isinstance(cell, float), f"LibreOffice took {cell!r} for text"
    return cell


def _percent(cell: Cell) -> str:
    """Write a percentage as the screen does; nothing is a dash."""
    return "–" if cell == "" else f"{_number(cell):.0f} %"


def _moment(cell: Cell) -> str:
    """Write an instant as the screen does; nothing is a dash."""
    if cell == "":
        return "–"
    assert isinstance(cell, datetime), f"LibreOffice took {cell!r} for text"
    return f"{cell:%d/%m/%Y à %H:%M}"
